package io.lightstream.cli;

import static io.lightstream.codec.build.Columns.dictionary;
import static io.lightstream.codec.build.Columns.int32;
import static io.lightstream.codec.build.Columns.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.ColumnValues;
import io.lightstream.codec.compare.ReaderComparison;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Lightstream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;

/** Tables that tests write and read. */
final class Tables {
    private Tables() {}

    /** Ids from {@code first} on, names with nulls, a city out of a dictionary: two batches of {@code rows}. */
    static Path write(Path file, int first, int rows) throws IOException {
        try (LightstreamMemory memory = LightstreamMemory.create();
                RecordBatch one = RecordBatch.of(memory, columns(first, rows));
                RecordBatch two = RecordBatch.of(memory, columns(first + rows, rows));
                BatchWriter writer = Lightstream.create(file.toString(), one.schema())) {
            writer.write(one);
            writer.write(two);
        }
        return file;
    }

    private static ColumnValues[] columns(int first, int rows) {
        Number[] ids = new Number[rows];
        String[] names = new String[rows];
        String[] cities = new String[rows];
        for (int i = 0; i < rows; i++) {
            int id = first + i;
            ids[i] = id;
            names[i] = id % 3 == 0 ? null : "name " + id;
            cities[i] = i % 2 == 0 ? "Bern" : "Biel";
        }
        return new ColumnValues[] {int32("id", ids), utf8("name", names), dictionary(utf8("city", cities))};
    }

    /** Fails unless both files say the same. */
    static void assertSame(Path expected, Path found) throws IOException {
        try (LightstreamMemory memory = LightstreamMemory.create();
                BatchReader left = Lightstream.open(expected.toString(), memory);
                BatchReader right = Lightstream.open(found.toString(), memory)) {
            assertThat(ReaderComparison.compare(left, right)).isEmpty();
        }
    }

    /** Fails unless the stream says what the file says. */
    static void assertSame(Path expected, byte[] stream) throws IOException {
        try (LightstreamMemory memory = LightstreamMemory.create();
                BatchReader left = Lightstream.open(expected.toString(), memory);
                BatchReader right = stream(stream, memory)) {
            assertThat(ReaderComparison.compare(left, right)).isEmpty();
        }
    }

    /** Rows of a stream. */
    static long rows(byte[] stream) throws IOException {
        long rows = 0;
        try (LightstreamMemory memory = LightstreamMemory.create();
                BatchReader reader = stream(stream, memory)) {
            while (reader.next()) {
                rows += reader.batch().rowCount();
            }
        }
        return rows;
    }

    private static BatchReader stream(byte[] bytes, LightstreamMemory memory) throws IOException {
        return IpcStreamReader.open(
                Channels.newChannel(new ByteArrayInputStream(bytes)), memory.allocator(), IpcReadOptions.defaults());
    }
}
