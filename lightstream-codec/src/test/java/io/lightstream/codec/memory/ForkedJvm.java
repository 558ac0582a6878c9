package io.lightstream.codec.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs a main class in another JVM of the same version, for tests of what depends on a JVM's options. */
public final class ForkedJvm {

    private ForkedJvm() {}

    /** What the class printed on standard output, in lines, after it ended without an error. */
    public static List<String> run(Class<?> mainClass, String... options) throws IOException, InterruptedException {
        return run(mainClass, List.of(), options);
    }

    /** As {@link #run(Class, String...)}, with arguments for the class. */
    public static List<String> run(Class<?> mainClass, List<String> arguments, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Collections.addAll(command, options);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(mainClass.getName());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("exit code of %s, output: %s", mainClass, output)
                .isZero();
        return output.lines().toList();
    }
}
