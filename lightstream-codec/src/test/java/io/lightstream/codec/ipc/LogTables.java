package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Batches of a kind, each different from all others, so that a reader can tell which ones it has. */
@SuppressWarnings("ImmutableEnumChecker") // records
enum LogTables {
    PRIMITIVE(Compression.NONE, Field.of("n", new DataType.Int(64, true)), Field.of("f", new DataType.Int(32, false))),
    TEXT(Compression.NONE, Field.of("n", new DataType.Int(64, true)), Field.of("t", new DataType.Utf8())),
    DICTIONARY(
            Compression.NONE,
            Field.of("n", new DataType.Int(64, true)),
            Tables.dictionary(Field.of("t", new DataType.Utf8()), 3, 32, true)),
    VIEWS(Compression.NONE, Field.of("n", new DataType.Int(64, true)), Field.of("t", new DataType.Utf8View())),
    COMPRESSED(
            Compression.LZ4_FRAME,
            Field.of("n", new DataType.Int(64, true)),
            Tables.dictionary(Field.of("t", new DataType.Utf8()), 3, 32, true));

    private static final int NULL_EVERY = 7;

    private final Compression compression;
    private final Schema schema;

    LogTables(Compression compression, Field... fields) {
        this.compression = compression;
        this.schema = Schema.of(fields);
    }

    Schema schema() {
        return schema;
    }

    IpcWriteOptions options() {
        return IpcWriteOptions.defaults().withCompression(compression).withSink("log");
    }

    IpcAppendOptions appending() {
        return IpcAppendOptions.defaults().withWriting(options());
    }

    /** Batches {@code from} to {@code to}; dictionaries grow from one to the next. The caller closes them. */
    List<RecordBatch> batches(int from, int to, BufferAllocator allocator) {
        List<RecordBatch> batches = new ArrayList<>();
        try (BatchBuilder builder = BatchBuilder.create(schema, allocator)) {
            for (int batch = 0; batch < to; batch++) {
                for (int row = 0; row < 5 + 20 * batch; row++) {
                    builder.appendRow((long) batch << 32 | row, second(batch, row));
                }
                try (RecordBatch built = builder.finish()) {
                    if (batch >= from) {
                        batches.add(built.withMetadata(Map.of("batch", String.valueOf(batch))));
                    }
                }
            }
        }
        return batches;
    }

    private @Nullable Object second(int batch, int row) {
        if (row % NULL_EVERY == 0) {
            return null;
        }
        return switch (this) {
            case PRIMITIVE -> batch * 31L + row;
            case TEXT, VIEWS -> "a value of some length " + batch + "/" + row;
            case DICTIONARY, COMPRESSED -> "value " + Math.min(batch, 4) * (row % 3);
        };
    }

    byte[] file(int from, int to, LightstreamMemory memory) {
        List<RecordBatch> batches = batches(from, to, memory.allocator());
        try {
            return Ipc.file(schema, options(), batches);
        } finally {
            batches.forEach(RecordBatch::close);
        }
    }

    byte[] stream(int from, int to, LightstreamMemory memory) {
        List<RecordBatch> batches = batches(from, to, memory.allocator());
        try {
            return Ipc.stream(schema, options(), batches);
        } finally {
            batches.forEach(RecordBatch::close);
        }
    }

    /** Appends batches {@code from} to {@code to} to a file. */
    byte[] append(byte[] file, int from, int to, LightstreamMemory memory) throws IOException {
        MemoryChannel channel = new MemoryChannel(file);
        try (IpcFileWriter writer = IpcFileWriter.append(channel, memory.allocator(), appending())) {
            write(writer, from, to, memory);
        }
        return channel.toBytes();
    }

    void write(BatchWriter writer, int from, int to, LightstreamMemory memory) throws IOException {
        List<RecordBatch> batches = batches(from, to, memory.allocator());
        try {
            for (RecordBatch batch : batches) {
                writer.write(batch);
            }
        } finally {
            batches.forEach(RecordBatch::close);
        }
    }

    /** Fails unless the reader has exactly the first {@code count} batches. */
    void assertHas(int count, BatchReader reader, LightstreamMemory memory) throws IOException {
        List<RecordBatch> expected = batches(0, count, memory.allocator());
        try {
            for (RecordBatch batch : expected) {
                assertThat(reader.next()).isTrue();
                assertThat(BatchComparison.compare(batch, reader.batch())).isEmpty();
                assertThat(reader.batch().metadata()).isEqualTo(batch.metadata());
            }
            assertThat(reader.next()).isFalse();
        } finally {
            expected.forEach(RecordBatch::close);
        }
    }

    /** Fails unless the file has exactly the first {@code count} batches. */
    void assertHas(int count, byte[] file, LightstreamMemory memory) throws IOException {
        try (IpcFileReader reader = Ipc.openFile(file, memory.allocator())) {
            assertThat(reader.batchCount()).isEqualTo(count);
            assertHas(count, reader, memory);
        }
    }
}
