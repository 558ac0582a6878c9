package io.lightstream.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code bin/lightstream}, in a project of its own, with a Maven and a JVM that only say that they ran. */
class LauncherTest {
    private static final Path SCRIPT =
            Path.of(System.getProperty("lightstream.root", "..")).resolve("bin/lightstream");
    /** All that the script calls, but for {@code flock}. */
    private static final List<String> COMMANDS = List.of(
            "bash",
            "cat",
            "chmod",
            "dirname",
            "find",
            "head",
            "ln",
            "locale",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "rmdir",
            "sleep",
            "touch",
            "tr");

    @TempDir
    Path root;

    private Path log;
    private Path commands;
    private Path launcher;

    private record Ended(int exitCode, String output, String errors) {}

    @BeforeEach
    void makeProject() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash");
        log = root.resolve("log");
        Files.createDirectories(root.resolve("bin"));
        Files.copy(SCRIPT, root.resolve("bin/lightstream"));
        launcher = root.resolve("lightstream-cli/target/quick/launcher");
        Files.createDirectories(root.resolve("lightstream-cli/src/main/java"));
        Files.writeString(root.resolve("pom.xml"), "");
        Files.writeString(root.resolve("lightstream-cli/pom.xml"), "");
        commands = Files.createDirectories(root.resolve("commands"));
        for (String command : COMMANDS) {
            for (String folder : List.of("/bin", "/usr/bin")) {
                Path found = Path.of(folder, command);
                if (Files.isExecutable(found) && !Files.exists(commands.resolve(command))) {
                    script(command, "exec " + found + " \"$@\"");
                }
            }
        }
        script(
                "mvn",
                "echo mvn >>" + log,
                "touch lightstream-cli/target/quick/lightstream-cli.jar",
                "exit ${MVN_EXIT:-0}");
        script(
                "java",
                "case \" $* \" in",
                "*-Xbad*) echo 'Unrecognized option: -Xbad' >&2; exit 1 ;;",
                "*\" -jar \"*\" --version \") echo tried >>" + log + " ;;",
                "*\" -jar \"*\" read \") cat ;;",
                "*\" -jar \"*) echo ran; exit ${JAVA_EXIT:-0} ;;",
                "esac");
    }

    private void script(String name, String... lines) throws IOException {
        Path script = commands.resolve(name);
        Files.writeString(script, "#!/bin/bash\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private ProcessBuilder builder(String redirections, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("/bin/bash", "-c", "exec \"$@\" " + redirections, "bash", root + "/bin/lightstream"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_HOME", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
        builder.environment().put("PATH", commands.toString());
        return builder;
    }

    private static Ended end(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, SECONDS)).isTrue();
        return new Ended(process.exitValue(), output, errors);
    }

    private Ended run(String... arguments) throws Exception {
        return end(builder("", arguments).start());
    }

    /** What Maven and the trial of the JVM have left since the last call. */
    private List<String> logged() throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        Files.deleteIfExists(log);
        return lines;
    }

    @Test
    void itBuildsOnceAndThenRuns() throws Exception {
        assertThat(run("cat"))
                .isEqualTo(new Ended(
                        0,
                        "ran\n",
                        "lightstream: building on first use with Maven (less than a minute, downloads included)\n"));
        assertThat(logged()).containsExactly("mvn", "tried");
        assertThat(run("cat")).isEqualTo(new Ended(0, "ran\n", ""));
        assertThat(logged()).isEmpty();
        assertThat(launcher.resolve("lock.pid")).doesNotExist();
    }

    @Test
    void onlySourcesCauseAnotherBuild() throws Exception {
        run("cat");
        logged();
        FileTime later = FileTime.from(Instant.now().plusSeconds(10));
        Path data = Files.writeString(root.resolve("lightstream-cli/data.arrow"), "");
        Files.setLastModifiedTime(data, later);
        Path test = Files.createDirectories(root.resolve("lightstream-cli/src/test/src/main"));
        Files.setLastModifiedTime(Files.writeString(test.resolve("x"), ""), later);
        run("cat");
        assertThat(logged()).isEmpty();

        for (String source : List.of("src/main/java", "src/main/java/A.java", "src/build/list", "pom.xml")) {
            Path file = root.resolve("lightstream-cli").resolve(source);
            Files.createDirectories(file.getParent());
            if (!Files.exists(file)) {
                Files.writeString(file, "");
            }
            Files.setLastModifiedTime(file, later);
            run("cat");
            assertThat(logged()).as(source).contains("mvn");
            Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        }
    }

    @Test
    void theLockOfAProcessThatIsGoneIsGivenUp() throws Exception {
        Process gone = new ProcessBuilder("/bin/bash", "-c", "exit").start();
        gone.waitFor();
        Files.createDirectories(launcher);
        Files.createSymbolicLink(launcher.resolve("lock.pid"), Path.of(String.valueOf(gone.pid())));
        Files.createDirectory(launcher.resolve("lock.pid.removal"));

        assertThat(run("cat").output()).isEqualTo("ran\n");

        assertThat(logged()).containsExactly("mvn", "tried");
        assertThat(launcher.resolve("lock.pid")).doesNotExist();
        assertThat(launcher.resolve("lock.pid.removal")).doesNotExist();
    }

    @Test
    void whoWaitsSaysForWhom() throws Exception {
        Files.createDirectories(launcher);
        Path lock = launcher.resolve("lock.pid");
        String owner = String.valueOf(ProcessHandle.current().pid());
        Files.createSymbolicLink(lock, Path.of(owner));
        Process waiting = builder("", "cat").start();
        try (var errors = waiting.errorReader(UTF_8)) {
            assertThat(errors.readLine())
                    .isEqualTo("lightstream: waiting for another process that builds (process " + owner + ", says "
                            + launcher.toRealPath().resolve("lock.pid")
                            + ")");
            Files.delete(lock);
            assertThat(new String(waiting.getInputStream().readAllBytes(), UTF_8))
                    .isEqualTo("ran\n");
            assertThat(waiting.waitFor(60, SECONDS)).isTrue();
        } finally {
            waiting.destroyForcibly();
        }
    }

    @Test
    void itsOwnFailuresAreNoAnswerOfACommand() throws Exception {
        ProcessBuilder failing = builder("", "cat");
        failing.environment().put("MVN_EXIT", "1");
        Ended failed = end(failing.start());
        assertThat(failed.exitCode()).isEqualTo(ExitCode.DEFECT);
        assertThat(failed.errors()).contains("the build failed");
        assertThat(launcher.resolve("lock.pid")).doesNotExist();

        Files.move(root.resolve("lightstream-cli/target"), root.resolve("moved"));
        Files.writeString(root.resolve("lightstream-cli/target"), "");
        assertThat(run("cat").exitCode()).isEqualTo(ExitCode.DEFECT);
    }

    @Test
    void aJvmThatDoesNotStartIsNoDifference() throws Exception {
        run("cat");
        logged();
        ProcessBuilder wrong = builder("", "validate");
        wrong.environment().put("LIGHTSTREAM_JAVA_OPTS", "-Xmx1g -Xbad");
        for (int time = 0; time < 2; time++) {
            Ended failed = end(wrong.start());
            assertThat(failed.exitCode()).isEqualTo(ExitCode.DEFECT);
            assertThat(failed.errors())
                    .contains("Unrecognized option: -Xbad", "does not start with the options -Xmx1g -Xbad");
        }

        ProcessBuilder differs = builder("", "validate");
        differs.environment().put("JAVA_EXIT", "1");
        differs.environment().put("LIGHTSTREAM_JAVA_OPTS", "-Xmx1g");
        for (int time = 0; time < 2; time++) {
            assertThat(end(differs.start())).isEqualTo(new Ended(ExitCode.DIFFERENT, "ran\n", ""));
        }
        assertThat(logged()).containsExactly("tried");
    }

    /** So that the JVM opens no file of its own in their place. */
    @Test
    void closedStreamsFailAsSuch() throws Exception {
        run("cat");
        assertThat(end(builder("<&-", "read").start()).errors()).contains("Bad file descriptor");
        assertThat(end(builder(">&-", "cat").start()).errors()).contains("Bad file descriptor");
        assertThat(end(builder("2>&-", "cat").start())).isEqualTo(new Ended(0, "ran\n", ""));
        Files.writeString(root.resolve("pom.xml"), "", StandardOpenOption.APPEND);
        Files.setLastModifiedTime(
                root.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(10)));
        assertThat(end(builder("<&- 2>&-", "cat").start())).isEqualTo(new Ended(0, "ran\n", ""));
    }
}
