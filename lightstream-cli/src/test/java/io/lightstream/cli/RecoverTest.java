package io.lightstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.ipc.IpcAppendOptions;
import io.lightstream.codec.ipc.IpcFileWriter;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Lightstream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoverTest {
    @TempDir
    Path folder;

    /** Appends the batches of a table to it. */
    private static void append(Path table) throws IOException {
        Path copy = Files.copy(table, table.resolveSibling("copy.arrow"));
        try (LightstreamMemory memory = LightstreamMemory.create();
                BatchReader batches = Lightstream.open(copy.toString(), memory);
                IpcFileWriter writer = IpcFileWriter.append(
                        FileChannel.open(table, StandardOpenOption.READ, StandardOpenOption.WRITE),
                        memory.allocator(),
                        IpcAppendOptions.defaults())) {
            while (batches.next()) {
                writer.write(batches.batch());
            }
        }
    }

    @Test
    void aCutAppendComesBack() throws IOException {
        Path table = Tables.write(folder.resolve("table.arrow"), 1, 100);
        byte[] old = Files.readAllBytes(table);
        append(table);
        byte[] whole = Files.readAllBytes(table);
        assertThat(Run.of("recover", table).done().text()).isEqualTo(table + ": whole, 4 batches; nothing to do\n");

        Files.write(table, Arrays.copyOf(whole, whole.length - 1));
        Run check = Run.of("recover", "--check", table);
        assertThat(check.exitCode()).isEqualTo(ExitCode.DIFFERENT);
        assertThat(check.text()).startsWith(table + ": can be recovered: 2 batches kept, 2 brought back, ");
        assertThat(Files.size(table)).isEqualTo(whole.length - 1);
        assertThat(Run.of("recover", table).done().text())
                .startsWith(table + ": recovered: 2 batches kept, 2 brought back, ")
                .endsWith(" bytes cut off (the footer is missing or incomplete)\n");
        assertThat(Files.readAllBytes(table)).isEqualTo(whole);

        Files.write(table, Arrays.copyOf(whole, old.length + 1));
        assertThat(Run.of("recover", "--validation", "full", table).done().text())
                .isEqualTo(
                        table + ": recovered: 2 batches kept, 0 brought back, 1 byte cut off (the end is missing)\n");
        assertThat(Files.readAllBytes(table)).isEqualTo(old);
    }

    @Test
    void whatCannotComeBackIsSaid() throws IOException {
        Path text = Files.writeString(folder.resolve("text.arrow"), "this is no Arrow file at all");
        Run.of("recover", text).failed(ExitCode.BAD_DATA, "text.arrow @0] magic of an Arrow file");
        Run.of("recover", folder.resolve("none.arrow")).failed(ExitCode.IO, "no such file");
        Run.of("recover", folder).failed(ExitCode.IO, "is a directory");
        Run.of("recover", "-").failed(ExitCode.USAGE, "only a file");
    }

    @Test
    void aStreamIsSealed() throws IOException {
        Path table = Tables.write(folder.resolve("table.arrow"), 1, 100);
        Path stream = folder.resolve("log.arrows");
        Path file = folder.resolve("log.arrow");
        Run.of("convert", "--compression", "lz4", table, stream).done();

        Run.of("seal", stream, file).done();
        Tables.assertSame(table, file);
        assertThat(Run.of("inspect", file).text()).contains("\tlz4");

        byte[] whole = Files.readAllBytes(stream);
        Files.write(stream, Arrays.copyOf(whole, whole.length - 50));
        Run.of("seal", stream, file).failed(ExitCode.BAD_DATA, "log.arrows @");
        Tables.assertSame(table, file);
        Run.of("seal", "--cut", "--compression", "none", stream, stream).done();
        assertThat(Tables.rows(Run.of("cat", stream).bytes())).isEqualTo(100);
        assertThat(Run.of("inspect", stream).text()).doesNotContain("\tlz4");
        Run.of("seal", folder, file).failed(ExitCode.IO, "is a directory");
        Run.of("seal", stream, folder.resolve("none").resolve("log.arrow"))
                .failed(ExitCode.IO, folder.resolve("none").resolve("log.arrow") + ": no such directory");
        Run.of("seal", stream, "tcp://localhost:1").failed(ExitCode.USAGE, "expected a file");
    }
}
