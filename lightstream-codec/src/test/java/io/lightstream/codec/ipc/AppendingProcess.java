package io.lightstream.codec.ipc;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Appends to a file until it is killed: a few batches and a footer, again and again. Batch {@code i} is the same whoever makes
 * it. Its dictionary grows with {@code i}, and that of each session begins anew, in another order.
 */
final class AppendingProcess {
    static final Schema SCHEMA = Schema.of(
            Field.of("n", new DataType.Int(64, true)),
            Field.of("t", new DataType.Utf8()),
            Field.of("d", new DataType.Utf8())
                    .withDictionary(new DictionaryEncoding(1, new DataType.Int(32, true), false)));

    private AppendingProcess() {}

    /** Arguments: the file, a seed, whether it is a stream. Says when it is warm. */
    @SuppressWarnings("InfiniteLoop")
    public static void main(String[] arguments) throws IOException {
        Path path = Path.of(arguments[0]);
        Random random = new Random(Long.parseLong(arguments[1]));
        boolean isStream = arguments.length > 2;
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            int next = isStream ? count(path, memory.allocator()) : appendToFile(path, memory.allocator(), random);
            System.out.println("begins");
            while (true) {
                next = isStream
                        ? appendToStream(path, next, memory.allocator(), random)
                        : appendToFile(path, memory.allocator(), random);
            }
        }
    }

    private static int count(Path path, BufferAllocator allocator) throws IOException {
        try (IpcStreamWriter writer = IpcStreamWriter.append(open(path), options())) {
            writer.flush(); // nothing is written
        }
        IpcSealOptions cutting = IpcSealOptions.defaults().withCutsTornEnd(true);
        Path sealed = path.resolveSibling("counted.arrow");
        return IpcStreamSeal.seal(path, sealed, allocator, cutting)
                .recordBatches()
                .size();
    }

    private static int appendToFile(Path path, BufferAllocator allocator, Random random) throws IOException {
        try (IpcFileWriter writer = IpcFileWriter.append(open(path), allocator, options())) {
            for (int i = random.nextInt(6); i >= 0; i--) {
                try (RecordBatch batch = batch(writer.batchCount(), allocator)) {
                    writer.write(batch);
                }
                if (random.nextBoolean()) {
                    writer.flush();
                }
            }
            return writer.batchCount();
        }
    }

    private static int appendToStream(Path path, int first, BufferAllocator allocator, Random random)
            throws IOException {
        int next = first;
        try (IpcStreamWriter writer = IpcStreamWriter.append(open(path), options())) {
            for (int i = random.nextInt(6); i >= 0; i--) {
                try (RecordBatch batch = batch(next++, allocator)) {
                    writer.write(batch);
                }
                if (random.nextBoolean()) {
                    writer.flush();
                }
            }
        }
        return next;
    }

    private static SeekableByteChannel open(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static IpcAppendOptions options() {
        // Small pieces, so that there are many moments to be killed in; the page cache survives the process.
        IpcWriteOptions small = IpcWriteOptions.defaults().withSink("log").withStagingBytes(512);
        return IpcAppendOptions.defaults().withWriting(small).withDurability(Durability.SYSTEM);
    }

    /** Batch {@code index}, which the caller closes. */
    static RecordBatch batch(int index, BufferAllocator allocator) {
        Random random = new Random(index);
        try (BatchBuilder builder = BatchBuilder.create(SCHEMA, allocator)) {
            for (int row = random.nextInt(60); row >= 0; row--) {
                String text = row % 5 == 0 ? null : "text " + random.nextInt();
                builder.appendRow((long) index << 16 | row, text, "value " + random.nextInt(3 + index / 50));
            }
            return builder.finish();
        }
    }
}
