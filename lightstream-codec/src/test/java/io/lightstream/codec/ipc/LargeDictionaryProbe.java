package io.lightstream.codec.ipc;

import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;

/** Writes dictionaries that are too large to be remembered, and tells when they were written. */
final class LargeDictionaryProbe {
    private static final Field FIELD = Tables.dictionary(Tables.TEXT, 1, 32, true);
    private static final int LIMIT = 64 << 20;
    private static final int TOO_LARGE = 17 << 20;
    private static final int LARGE = 8 << 20;
    /** For what the writer works in. */
    private static final int ROOM = 4 << 20;

    private LargeDictionaryProbe() {}

    public static void main(String[] arguments) throws IOException {
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            write("a small one", 1000, memory);
            write("more than a quarter", TOO_LARGE, memory);
            writeTwice("two that are equal", memory);
            try (RecordBatch first = batch(LARGE, memory)) {
                // Only the batches of this process are in its memory, and there will be one at a time.
                ByteBuffer ballast = ByteBuffer.allocateDirect((int) (LIMIT - used() - ROOM));
                try {
                    write("none left", LARGE, memory, first);
                } finally {
                    Reference.reachabilityFence(ballast);
                }
            }
        }
    }

    private static RecordBatch batch(int bytes, LightstreamMemory memory) {
        return Tables.column(memory.allocator(), FIELD, "x".repeat(bytes));
    }

    private static long used() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static void write(String name, int bytes, LightstreamMemory memory) throws IOException {
        try (RecordBatch first = batch(bytes, memory)) {
            write(name, bytes, memory, first);
        }
    }

    /** The dictionary, the same object again, and another one that is equal. */
    @SuppressWarnings("SystemOut") // that is how it reports
    private static void write(String name, int bytes, LightstreamMemory memory, RecordBatch first) throws IOException {
        try (IpcStreamWriter writer = IpcStreamWriter.open(
                Channels.newChannel(OutputStream.nullOutputStream()), first.schema(), IpcWriteOptions.defaults())) {
            String report = written(writer, first, bytes) + ", " + written(writer, first, bytes);
            first.close();
            try (RecordBatch equal = batch(bytes, memory)) {
                System.out.println(name + ": " + report + ", " + written(writer, equal, bytes));
            }
        }
    }

    /** One dictionary, of which two columns have an object each. */
    @SuppressWarnings("SystemOut") // that is how it reports
    private static void writeTwice(String name, LightstreamMemory memory) throws IOException {
        Schema schema = Schema.of(FIELD, FIELD.withName("again"));
        try (RecordBatch one = batch(TOO_LARGE, memory);
                RecordBatch other = batch(TOO_LARGE, memory);
                RecordBatch pair = RecordBatch.of(
                        schema,
                        one.rowCount(),
                        List.of(one.column(0), Column.of(other.column(0).data().withField(schema.field(1)))),
                        BatchMemory.none());
                IpcStreamWriter writer = IpcStreamWriter.open(
                        Channels.newChannel(OutputStream.nullOutputStream()), schema, IpcWriteOptions.defaults())) {
            System.out.println(name + ": " + written(writer, pair, TOO_LARGE));
        }
    }

    private static String written(IpcStreamWriter writer, RecordBatch batch, int bytes) throws IOException {
        long before = writer.position();
        writer.write(batch);
        return writer.position() - before > bytes ? "written" : "known";
    }
}
