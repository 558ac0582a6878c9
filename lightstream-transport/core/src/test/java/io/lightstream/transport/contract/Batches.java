package io.lightstream.transport.contract;

import static io.lightstream.codec.build.Columns.int64;
import static io.lightstream.codec.build.Columns.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.ipc.IpcStreamWriter;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Connection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Random;

/** Batches that can be told from others. */
final class Batches {
    private Batches() {}

    /** Numbers, and strings some of which are null; different for each seed. */
    static RecordBatch numbersAndStrings(LightstreamMemory memory, int rows, long seed) {
        Random random = new Random(seed);
        long[] numbers = random.longs(rows).toArray();
        String[] strings = new String[rows];
        for (int i = 0; i < rows; i++) {
            strings[i] = random.nextInt(10) == 0 ? null : "row " + random.nextInt(1_000_000);
        }
        return RecordBatch.of(memory, int64("number", numbers), utf8("string", strings));
    }

    /** Nothing but numbers, for size: 8 bytes a row. */
    static RecordBatch numbers(LightstreamMemory memory, int rows, long seed) {
        return RecordBatch.of(
                memory, int64("number", new Random(seed).longs(rows).toArray()));
    }

    static void assertSame(RecordBatch expected, RecordBatch found) {
        assertThat(BatchComparison.compare(expected, found)).isEmpty();
        assertThat(found.aligned())
                .as("every buffer starts at a multiple of 64")
                .isTrue();
    }

    /** Reads the next batch, which must be {@code expected}. */
    static void assertNext(BatchReader reader, RecordBatch expected) throws IOException {
        assertThat(reader.next()).isTrue();
        assertSame(expected, reader.batch());
    }

    /** Sends one stream of one batch. */
    static void send(Connection connection, RecordBatch batch) throws IOException {
        try (BatchWriter writer = connection.writer(batch.schema())) {
            writer.write(batch);
        }
    }

    /** The bytes of a stream of that one batch. */
    static ByteBuffer encode(RecordBatch batch) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (IpcStreamWriter writer =
                IpcStreamWriter.open(Channels.newChannel(bytes), batch.schema(), IpcWriteOptions.defaults())) {
            writer.write(batch);
        }
        return ByteBuffer.allocateDirect(bytes.size()).put(bytes.toByteArray()).flip();
    }

    /** A stream in memory. */
    static BatchReader read(LightstreamMemory memory, byte[] stream) throws IOException {
        return IpcStreamReader.open(
                Channels.newChannel(new ByteArrayInputStream(stream)), memory.allocator(), IpcReadOptions.defaults());
    }
}
