package io.lightstream.cli;

import static io.lightstream.codec.build.Columns.int32;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Lightstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatTest {
    @TempDir
    Path folder;

    private Path table;

    @BeforeEach
    void writeTable() throws IOException {
        table = Tables.write(folder.resolve("table.arrow"), 1, 10);
    }

    @Test
    void catWritesAStreamIntoAPipe() throws IOException {
        Tables.assertSame(table, Run.of("cat", table).done().bytes());
    }

    @Test
    void catShowsATableOnATerminal() {
        String shown = Run.onTerminal("cat", table).done().text();

        assertThat(shown.lines().map(line -> line.strip().replaceAll(" +", " ")))
                .contains("2 name 2 Biel", "3 null Bern", "20 rows, 3 columns");
    }

    @Test
    void longTablesComeInPiecesThatShowEveryRowOnce() throws IOException {
        Path large = Tables.write(folder.resolve("large.arrow"), 0, 1_250);

        String shown = Run.onTerminal("cat", "-c", "id", large).done().text();

        assertThat(shown.lines()
                        .map(String::strip)
                        .filter(line -> line.matches("\\d+"))
                        .map(Integer::valueOf))
                .hasSize(2_500)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(shown.lines().filter(line -> line.strip().equals("id"))).hasSize(3);
        assertThat(shown).endsWith("500 of 2500 rows, 1 column\n");
    }

    @Test
    void catReadsAStreamOnStandardInput() throws IOException {
        byte[] stream = Run.of("cat", table).bytes();

        Tables.assertSame(table, Run.reading(stream, "cat", "-").done().bytes());
    }

    @Test
    void catReadsAFileThatComesThroughAPipe() throws IOException {
        Tables.assertSame(
                table, Run.reading(Files.readAllBytes(table), "cat", "-").done().bytes());
    }

    @Test
    void catJoinsSourcesOfOneSchema() throws IOException {
        Path next = Tables.write(folder.resolve("next.arrows"), 21, 10);

        assertThat(Tables.rows(Run.of("cat", table, next).done().bytes())).isEqualTo(40);
    }

    @Test
    void catRefusesToJoinSourcesOfDifferentSchemas() throws IOException {
        Path other = folder.resolve("other.arrow");
        Run.of("convert", "-c", "id,city", table, other).done();

        Run.of("cat", table, other).failed(ExitCode.BAD_DATA, "other.arrow", "columns: expected 3, found 2");
    }

    @Test
    void headWritesOnlyTheFirstRows() throws IOException {
        assertThat(Tables.rows(Run.of("head", table).done().bytes())).isEqualTo(10);
        assertThat(Tables.rows(Run.of("head", "-n", 13, table).done().bytes())).isEqualTo(13);
        assertThat(Tables.rows(Run.of("head", "-n", 0, table).done().bytes())).isZero();
        assertThat(Tables.rows(Run.of("head", "-n", 99, table).done().bytes())).isEqualTo(20);
    }

    @Test
    void columnsAreChosenAndOrdered() {
        String shown = Run.onTerminal("head", "-n1", "--columns", "city,id", table)
                .done()
                .text();

        assertThat(shown.lines().map(String::strip).map(line -> line.replaceAll(" +", " ")))
                .contains("city id", "Bern 1");
    }

    @Test
    void jsonGoesBothWays() throws IOException {
        byte[] json = Run.of("cat", "--to", "json", table).done().bytes();

        Tables.assertSame(
                table, Run.reading(json, "cat", "--from", "json", "-").done().bytes());
    }

    @Test
    void thatNobodyReadsOnIsNoError() {
        var errors = new java.io.ByteArrayOutputStream();
        Shell shell = new Shell(
                java.nio.channels.Channels.newChannel(java.io.InputStream.nullInputStream()),
                new StandardOutput(new BrokenOutput("Broken pipe")),
                new java.io.PrintStream(errors),
                () -> false,
                () -> false,
                () -> 100);

        assertThat(CommandLines.run(shell, "cat", table.toString())).isEqualTo(ExitCode.DONE);
        assertThat(CommandLines.run(shell, "inspect", table.toString())).isEqualTo(ExitCode.DONE);
        assertThat(errors.size()).isZero();
    }

    @Test
    void helpThatCannotBePrintedIsExitCodeFour() {
        for (List<String> command : List.of(List.of("--help"), List.of("--version"), List.of("cat", "--help"))) {
            var errors = new java.io.ByteArrayOutputStream();
            Shell full = new Shell(
                    java.nio.channels.Channels.newChannel(java.io.InputStream.nullInputStream()),
                    new StandardOutput(new BrokenOutput("No space left on device")),
                    new java.io.PrintStream(errors),
                    () -> false,
                    () -> false,
                    () -> 100);
            assertThat(CommandLines.run(full, command.toArray(String[]::new))).isEqualTo(ExitCode.IO);
            assertThat(errors.toString(java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(
                            "lightstream: [-] write: expected a reader or room on the disk, found No space left on device"
                                    + System.lineSeparator());
            assertThat(Run.of(command.toArray()).done().text()).isNotEmpty();
        }
    }

    @Test
    void badInputIsOneLineAndExitCodeThree() throws IOException {
        byte[] stream = Run.of("cat", table).bytes();

        Run.reading(new byte[0], "cat", "-").failed(ExitCode.BAD_DATA, "[-", "expected a schema");
        Run.reading(Arrays.copyOf(stream, stream.length - 100), "cat", "-").failed(ExitCode.BAD_DATA, "[- @");
        Path text = Files.writeString(folder.resolve("text.arrow"), "this is no Arrow file, however long it is");
        Run.of("cat", text).failed(ExitCode.BAD_DATA, "text.arrow @0] beginning of the file: expected ARROW1");
        Run.of("head", text).failed(ExitCode.BAD_DATA, "text.arrow @0] beginning of the file: expected ARROW1");
    }

    /** The first bytes of other data are no length over a limit, but other data. */
    @Test
    void whatIsNoStreamIsSaidToBeNone() throws IOException {
        byte[] text = "hello world".getBytes(StandardCharsets.UTF_8);
        String found = "@0] beginning of the stream: expected a message, found ";
        for (String command : List.of("cat", "inspect")) {
            Run.reading(text, command, "-").failed(ExitCode.BAD_DATA, "[- " + found + "68656c6c");
            Run.reading(Files.readAllBytes(table), command, "--from", "arrows", "-")
                    .failed(ExitCode.BAD_DATA, "[- " + found + "an Arrow file (4152524f, ARRO)");
        }
    }

    /** Names come out of the data; on a terminal they could do anything. */
    @Test
    void errorsDoNotMoveTheCursor() throws IOException {
        String name = "n\u001b[31m\t\u202e\n";
        Path named = folder.resolve("named.arrow");
        try (LightstreamMemory memory = LightstreamMemory.create();
                RecordBatch batch = RecordBatch.of(memory, int32(name, 1));
                BatchWriter writer = Lightstream.create(named.toString(), batch.schema())) {
            writer.write(batch);
        }
        Run.of("cat", "-c", "other", named).failed(ExitCode.USAGE, "expected one of [n\\u001b[31m \\u202e; ]");
    }

    @Test
    void whatIsWrongWithAnAddressIsSaidOnce() {
        Run.of("cat", "tcp://host").failed(ExitCode.USAGE, "lightstream: [tcp://host] address: expected");
        Run.of("cat", "foo://host").failed(ExitCode.USAGE, "lightstream: [foo://host] transport 'foo': expected");
    }

    @Test
    void whatIsNotThereIsExitCodeFour() {
        Run.of("cat", folder.resolve("none.arrow")).failed(ExitCode.IO, "none.arrow: no such file");
        Run.of("cat", folder).failed(ExitCode.IO, "is a directory");
        Run.of("cat", "unix://" + folder.resolve("none.sock")).failed(ExitCode.IO, "none.sock");
    }

    @Test
    void whatCannotBeMeantIsExitCodeTwo() {
        Run.of("cat", "--from", "csv", table).failed(ExitCode.USAGE, "'csv'", "lightstream-formats-csv");
        Run.of("cat", "-c", "nobody", table).failed(ExitCode.USAGE, "column 'nobody': expected one of [");
        Run.of("cat", "nowhere://host", "x").failed(ExitCode.USAGE, "nowhere");
        Run.of("head", "-n", -1, table).failed(ExitCode.USAGE, "-n");
        assertThat(Run.of("cat").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Run.of("head", "--rows", "many", table).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Run.of("cat", "--to", "json", "--compression", "lz4", table).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theLimitOfMemoryHolds() {
        // A file is mapped and takes no memory; what comes through a pipe does.
        byte[] stream = Run.of("cat", "--limit-memory", "100", table).bytes();
        Run.reading(stream, "cat", "--limit-memory", "100", "-")
                .failed(ExitCode.IO, "[- @", "expected at most 100, found", "; allow more with --limit-memory");
    }
}
