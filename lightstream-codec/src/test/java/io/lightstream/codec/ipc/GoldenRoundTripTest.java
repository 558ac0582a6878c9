package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.compare.ReaderComparison;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every golden file and stream, written again as stream and as file, under each compression, whole and in slices. */
class GoldenRoundTripTest {
    private static final int SLICE_ROWS = 7;

    @TempDir
    Path folder;

    static Stream<Path> sources() {
        return Stream.concat(TestCorpora.golden(".stream").stream(), TestCorpora.golden(".arrow_file").stream());
    }

    @ParameterizedTest
    @MethodSource("sources")
    void asStream(Path source) throws IOException {
        for (Compression compression : List.of(Compression.NONE, Compression.LZ4_FRAME, Compression.ZSTD)) {
            IpcWriteOptions options = IpcWriteOptions.defaults().withCompression(compression);
            check(source, "copy.stream", options, (channel, schema) -> IpcStreamWriter.open(channel, schema, options));
        }
        IpcWriteOptions deltas = IpcWriteOptions.defaults().withDictionaryDeltas(true);
        check(source, "copy.stream", deltas, (channel, schema) -> IpcStreamWriter.open(channel, schema, deltas));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void asFile(Path source) throws IOException {
        for (Compression compression : List.of(Compression.NONE, Compression.LZ4_FRAME)) {
            IpcWriteOptions options = IpcWriteOptions.defaults().withCompression(compression);
            check(
                    source,
                    "copy.arrow_file",
                    options,
                    (channel, schema) -> IpcFileWriter.open(channel, schema, options));
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void inSlices(Path source) throws IOException {
        Path copy = folder.resolve("sliced.stream");
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            try (BatchReader in = open(source, memory.allocator());
                    BatchWriter out = IpcStreamWriter.open(create(copy), in.schema(), IpcWriteOptions.defaults())) {
                while (in.next()) {
                    writeSlices(in.batch(), out);
                }
            }
            try (BatchReader expected = open(source, memory.allocator());
                    BatchReader found = open(copy, memory.allocator())) {
                while (expected.next()) {
                    checkSlices(expected.batch(), found);
                }
                assertThat(found.next()).isFalse();
            }
            assertThat(memory.allocator().getAllocatedMemory()).isZero();
        }
    }

    private static void writeSlices(RecordBatch batch, BatchWriter out) throws IOException {
        for (long row = 0; row < batch.rowCount(); row += SLICE_ROWS) {
            try (RecordBatch slice = batch.slice(row, Math.min(SLICE_ROWS, batch.rowCount() - row))) {
                out.write(slice);
            }
        }
    }

    private static void checkSlices(RecordBatch batch, BatchReader found) throws IOException {
        for (long row = 0; row < batch.rowCount(); row += SLICE_ROWS) {
            try (RecordBatch slice = batch.slice(row, Math.min(SLICE_ROWS, batch.rowCount() - row))) {
                assertThat(found.next()).isTrue();
                assertThat(io.lightstream.codec.compare.BatchComparison.compare(slice, found.batch()))
                        .as("rows from " + row)
                        .isEmpty();
            }
        }
    }

    private interface Opener {
        BatchWriter open(FileChannel channel, Schema schema) throws IOException;
    }

    private void check(Path source, String name, IpcWriteOptions options, Opener opener) throws IOException {
        Path copy = folder.resolve(name);
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            try (BatchReader in = open(source, memory.allocator());
                    BatchWriter out = opener.open(create(copy), in.schema())) {
                for (RecordBatch batch : in) {
                    out.write(batch);
                }
            }
            try (BatchReader expected = open(source, memory.allocator());
                    BatchReader found = open(copy, memory.allocator())) {
                assertThat(ReaderComparison.compare(expected, found))
                        .as(options.toString())
                        .isEmpty();
            }
            assertThat(memory.allocator().getAllocatedMemory()).isZero();
        }
    }

    private static FileChannel create(Path path) throws IOException {
        return FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static BatchReader open(Path path, BufferAllocator allocator) throws IOException {
        FileChannel channel = FileChannel.open(path);
        IpcReadOptions options =
                IpcReadOptions.defaults().withSource(path.getFileName().toString());
        return path.toString().endsWith(".stream")
                ? IpcStreamReader.open(channel, allocator, options)
                : IpcFileReader.open(channel, allocator, options);
    }
}
