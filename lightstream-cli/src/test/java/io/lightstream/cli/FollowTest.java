package io.lightstream.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FollowTest {
    /** The marker of the end of a stream. */
    private static final int END_BYTES = 8;
    /** SIGINT in the masks that Linux shows. */
    private static final long INTERRUPT_BIT = 1 << 1;

    @TempDir
    Path folder;

    private Path table;
    private Path growing;
    private byte[] stream;

    @BeforeEach
    void writeTable() throws IOException {
        table = Tables.write(folder.resolve("table.arrows"), 1, 10);
        growing = folder.resolve("growing.arrows");
        stream = Files.readAllBytes(table);
    }

    private void append(int from, int to) throws IOException {
        Files.write(
                growing,
                Arrays.copyOfRange(stream, from, to),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
    }

    @Test
    void whatIsAppendedIsPrintedUntilTheEnd() throws Exception {
        append(0, 1000);
        LiveRun run = LiveRun.of("cat", "--follow", growing);
        append(1000, stream.length - END_BYTES);
        await().until(() -> Tables.rows(run.output()) == 20);
        run.assertRunning();
        append(stream.length - END_BYTES, stream.length);

        Tables.assertSame(table, run.end().done().bytes());
    }

    @Test
    void aTerminalShowsEachBatch() throws Exception {
        append(0, stream.length);

        String shown = Run.onTerminal("cat", "-f", "-c", "id", growing).done().text();

        assertThat(shown.lines()
                        .map(String::strip)
                        .filter(line -> line.matches("\\d+"))
                        .map(Integer::valueOf))
                .hasSize(20)
                .isSorted();
    }

    @Test
    void rotationIsExitCodeFour() throws Exception {
        append(0, stream.length - END_BYTES);
        LiveRun run = LiveRun.of("cat", "--follow", growing);
        await().until(() -> Tables.rows(run.output()) == 20);
        Files.move(growing, folder.resolve("old.arrows"));

        run.end().failed(ExitCode.IO, "growing.arrows @" + (stream.length - END_BYTES), "old.arrows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void aSignalEndsTheOutputWhole(String signal) throws Exception {
        assumeFalse(signal.equals("INT") && isInterruptIgnored(), "SIGINT is ignored here, and so by every child");
        append(0, stream.length - END_BYTES);
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "cat",
                        "--follow",
                        growing.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var output = new ByteArrayOutputStream();
        try (InputStream out = process.getInputStream()) {
            output.writeBytes(out.readNBytes(stream.length - END_BYTES));
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            output.writeBytes(out.readAllBytes());
            assertThat(process.waitFor(30, SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).isEqualTo(ExitCode.DONE);
        assertThat(output.toByteArray()).isEqualTo(stream);
    }

    /** As in what a script puts into the background: a shell without job control starts that with SIGINT ignored. */
    private static boolean isInterruptIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> line.substring("SigIgn:".length()).strip())
                    .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & INTERRUPT_BIT) != 0);
        }
    }

    @Test
    void whatCannotBeFollowed() throws Exception {
        Run.of("cat", "--follow", table, table).failed(ExitCode.USAGE, "one file");
        Run.of("cat", "--follow", "-").failed(ExitCode.USAGE, "expected a file");
        Run.of("cat", "--follow", "--from", "json", table).failed(ExitCode.USAGE, "only an Arrow stream");
        Run.of("cat", "--follow", "-c", "nobody", table).failed(ExitCode.USAGE, "column 'nobody': expected one of [");
        Run.of("cat", "--follow", folder.resolve("none")).failed(ExitCode.IO, "none: no such file");
        Path file = Tables.write(folder.resolve("table.arrow"), 1, 10);
        Run.of("cat", "--follow", file).failed(ExitCode.BAD_DATA, "expected an Arrow stream, found an Arrow file");
    }
}
