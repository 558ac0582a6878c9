package io.lightstream.codec.ipc;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.frame.GatheringOutput;
import io.lightstream.codec.frame.GatheringOutputOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Opens and closes many readers and outputs, and counts the direct buffers that are there afterwards. */
final class ShortReadersProbe {
    private static final int READERS = 10_000;
    /** Enough for whole chunks to be read ahead. */
    private static final int SMALL_BATCHES = 20;

    private static final int LARGE_ROWS = 20_000;

    private ShortReadersProbe() {}

    private interface Use {
        void run() throws IOException;
    }

    @SuppressWarnings("SystemOut") // that is how it reports
    public static void main(String[] arguments) throws IOException {
        try (LightstreamMemory memory = LightstreamMemory.create();
                RecordBatch small = ints(memory.allocator(), 1);
                RecordBatch large = ints(memory.allocator(), LARGE_ROWS)) {
            List<RecordBatch> many = Collections.nCopies(SMALL_BATCHES, small);
            byte[] smallStream = Ipc.stream(small.schema(), IpcWriteOptions.defaults(), many);
            byte[] stream = Ipc.stream(large.schema(), IpcWriteOptions.defaults(), List.of(large, small));
            byte[] file = Ipc.file(large.schema(), IpcWriteOptions.defaults(), List.of(large, small));
            byte[] torn = Arrays.copyOf(stream, stream.length / 2);

            report("small batches", () -> readStream(smallStream, memory.allocator()));
            report("a large batch", () -> readStream(stream, memory.allocator()));
            report("a torn batch", () -> expectError(() -> readStream(torn, memory.allocator())));
            report("no stream", () -> expectError(() -> readStream(file, memory.allocator())));
            report("left unread", () -> openStream(stream, memory.allocator()).close());
            report("a file", () -> readFile(file, memory.allocator()));
            report("an output", ShortReadersProbe::writeLittle);
        }
    }

    private static RecordBatch ints(BufferAllocator allocator, int rows) {
        try (BatchBuilder builder = BatchBuilder.create(Schema.of(Tables.INT), allocator)) {
            for (int row = 0; row < rows; row++) {
                builder.column(0).appendValue(row);
            }
            return builder.finish();
        }
    }

    private static IpcStreamReader openStream(byte[] stream, BufferAllocator allocator) throws IOException {
        return IpcStreamReader.open(Channels.newChannel(new ByteArrayInputStream(stream)), allocator, Ipc.READ);
    }

    @SuppressWarnings("EmptyBlock") // reading is all that is wanted
    private static void readStream(byte[] stream, BufferAllocator allocator) throws IOException {
        try (IpcStreamReader reader = openStream(stream, allocator)) {
            while (reader.next()) {}
        }
    }

    @SuppressWarnings("EmptyBlock") // reading is all that is wanted
    private static void readFile(byte[] file, BufferAllocator allocator) throws IOException {
        try (IpcFileReader reader = IpcFileReader.open(new MemoryChannel(file), allocator, Ipc.READ)) {
            while (reader.next()) {}
        }
    }

    private static void writeLittle() throws IOException {
        try (GatheringOutput output = GatheringOutput.open(
                Channels.newChannel(new ByteArrayOutputStream()), GatheringOutputOptions.defaults())) {
            output.write(ByteBuffer.wrap(new byte[10]));
        }
    }

    private static void expectError(Use use) throws IOException {
        try {
            use.run();
        } catch (LightstreamException expected) {
            return;
        }
        throw new AssertionError("read what cannot be read");
    }

    @SuppressWarnings("SystemOut") // that is how it reports
    private static void report(String name, Use use) throws IOException {
        BufferPoolMXBean direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .findFirst()
                .orElseThrow();
        use.run();
        long buffers = direct.getCount();
        long bytes = direct.getMemoryUsed();
        for (int i = 0; i < READERS; i++) {
            use.run();
        }
        // What the writers left behind may be collected meanwhile, so that there are fewer than before.
        System.out.println(name + ": " + Math.max(0, direct.getCount() - buffers) + " more buffers, "
                + Math.max(0, direct.getMemoryUsed() - bytes) + " more bytes");
    }
}
