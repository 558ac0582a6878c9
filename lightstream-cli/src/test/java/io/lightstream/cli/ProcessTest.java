package io.lightstream.cli;

import static io.lightstream.codec.build.Columns.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Lightstream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a shell starts them: real pipes, real exit codes, little memory. */
class ProcessTest {
    @TempDir
    Path folder;

    @Test
    void oneProcessPipesToTheNext() throws Exception {
        Path table = Tables.write(folder.resolve("table.arrow"), 1, 1000);
        List<Process> pipeline =
                ProcessBuilder.startPipeline(List.of(jvm("cat", table), jvm("head", "-n", 3, "--to", "json", "-")));

        String json = new String(pipeline.get(1).getInputStream().readAllBytes(), UTF_8);

        assertThat(json).contains("\"count\":3");
        assertThat(exitCode(pipeline.get(1))).isZero();
        assertThat(exitCode(pipeline.get(0))).isZero();
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoError() throws Exception {
        Process process = jvm("cat", "trips:1000000").start();
        try (InputStream out = process.getInputStream()) {
            assertThat(out.readNBytes(100)).hasSize(100);
        }

        // What newer JVMs say about memory access and native access is none of our errors; the launcher silences it.
        String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(errors.lines().filter(line -> !line.isBlank())).allMatch(line -> line.startsWith("WARNING"));
        assertThat(exitCode(process)).isZero();
    }

    @Test
    void exitCodesReachTheShell() throws Exception {
        Path text = Files.writeString(folder.resolve("text.arrow"), "this is no Arrow file at all");

        assertThat(exitCode(jvm("validate", "--arrow", text).start())).isEqualTo(ExitCode.BAD_DATA);
        assertThat(exitCode(jvm("cat", folder.resolve("none")).start())).isEqualTo(ExitCode.IO);
        assertThat(exitCode(jvm("cat").start())).isEqualTo(ExitCode.USAGE);
    }

    /** The JVM has its own classes there then; closed, they end it with SIGSEGV. */
    @Test
    void standardInputThatIsClosedIsAnError() throws Exception {
        for (String command : List.of("cat", "inspect")) {
            ProcessBuilder closed = jvm(command, "-");
            closed.command().addAll(0, List.of("bash", "-c", "exec \"$@\" <&-", "bash"));
            Process process = closed.start();

            String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
            assertThat(errors.lines().filter(line -> !line.startsWith("WARNING")))
                    .singleElement()
                    .asString()
                    .startsWith("lightstream: [-");
            assertThat(exitCode(process)).isIn(ExitCode.BAD_DATA, ExitCode.IO);
        }
    }

    @Test
    void aFileOnStandardInputIsReadAtRandom() throws Exception {
        Path table = Tables.write(folder.resolve("table.arrow"), 1, 1000);
        for (List<String> command : List.of(List.of("cat", "--to", "json"), List.of("inspect"))) {
            List<Object> named = new ArrayList<>(command);
            named.add(table);
            List<Object> standard = new ArrayList<>(command);
            standard.add("-");
            Process process =
                    jvm(standard.toArray()).redirectInput(table.toFile()).start();
            String found = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(found)
                    .isEqualTo(Run.of(named.toArray()).text().replaceFirst(Pattern.quote(table.toString()), "-"));
            assertThat(exitCode(process)).isZero();
        }
    }

    /** The JVM's own exit code for it is that of a difference. */
    @Test
    void wantOfHeapIsExitCodeFour() throws Exception {
        Path table = folder.resolve("long.arrow");
        try (LightstreamMemory memory = LightstreamMemory.create();
                RecordBatch batch = RecordBatch.of(memory, utf8("t", "long ".repeat(40 << 20)));
                BatchWriter writer = Lightstream.create(table.toString(), batch.schema())) {
            writer.write(batch);
        }
        Process process = jvm("cat", "--to", "json", table)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(errors.lines().filter(line -> !line.startsWith("WARNING")))
                .singleElement()
                .asString()
                .startsWith("lightstream: out of memory");
        assertThat(exitCode(process)).isEqualTo(ExitCode.IO);
    }

    private static ProcessBuilder jvm(Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:MaxDirectMemorySize=256m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(Run.strings(arguments)));
        return new ProcessBuilder(command);
    }

    private static int exitCode(Process process) throws IOException, InterruptedException {
        assertThat(process.waitFor(60, SECONDS)).isTrue();
        return process.exitValue();
    }
}
