package peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;

/** Encodes batches to, and decodes streams from, direct memory. */
final class InMemory {
    private InMemory() {}

    static void run(Flavor flavor, String operation, Data data) throws IOException {
        Requests requests = new Requests();
        BufferAllocator allocator = flavor.allocator();
        if (operation.equals("encode")) {
            encode(requests, data, allocator);
        } else {
            decode(requests, data, allocator);
        }
    }

    /** Every batch is encoded over the one before: the memory is there already. */
    private static void encode(Requests requests, Data data, BufferAllocator allocator) throws IOException {
        Memory memory = new Memory(streamBytes(data, 1, allocator));
        try (VectorSchemaRoot root = data.root(allocator);
                ArrowStreamWriter writer = new ArrowStreamWriter(root, data.dictionaries(allocator), memory)) {
            writer.start();
            writer.writeBatch();
            requests.ready("");
            for (long batches = requests.next(); batches >= 0; batches = requests.next()) {
                long start = System.nanoTime();
                for (long batch = 0; batch < batches; batch++) {
                    memory.bytes.clear();
                    writer.writeBatch();
                }
                System.out.println("done " + batches + " " + (System.nanoTime() - start) + " -");
            }
        }
    }

    private static void decode(Requests requests, Data data, BufferAllocator allocator) throws IOException {
        Memory memory = new Memory(streamBytes(data, data.batchesPerStream(), allocator));
        writeStream(data, data.batchesPerStream(), allocator, memory);
        ByteBuffer stream = memory.bytes.flip();
        Probe probe = new Probe();
        requests.ready("");
        for (long batches = requests.next(); batches >= 0; batches = requests.next()) {
            long start = System.nanoTime();
            for (long left = batches; left > 0; left -= data.batchesPerStream()) {
                decodeStream(stream, Math.min(left, data.batchesPerStream()), allocator, probe);
            }
            requests.done(batches, System.nanoTime() - start, probe.take());
        }
    }

    private static void decodeStream(ByteBuffer stream, long batches, BufferAllocator allocator, Probe probe)
            throws IOException {
        try (ArrowStreamReader reader = new ArrowStreamReader(new Memory(stream.duplicate()), allocator)) {
            for (long batch = 0; batch < batches; batch++) {
                reader.loadNextBatch();
                probe.touch(reader.getVectorSchemaRoot());
            }
        }
    }

    private static void writeStream(Data data, int batches, BufferAllocator allocator, WritableByteChannel sink)
            throws IOException {
        try (VectorSchemaRoot root = data.root(allocator);
                ArrowStreamWriter writer = new ArrowStreamWriter(root, data.dictionaries(allocator), sink)) {
            writer.start();
            for (int batch = 0; batch < batches; batch++) {
                writer.writeBatch();
            }
            writer.end();
        }
    }

    private static int streamBytes(Data data, int batches, BufferAllocator allocator) throws IOException {
        Counter counter = new Counter();
        writeStream(data, batches, allocator, counter);
        return Math.toIntExact(counter.bytes);
    }

    private static final class Counter implements WritableByteChannel {
        private long bytes;

        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            source.position(source.limit());
            bytes += count;
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    /** A channel over memory, to write to or to read from. */
    private static final class Memory implements WritableByteChannel, ReadableByteChannel {
        private final ByteBuffer bytes;

        Memory(int capacity) {
            this(ByteBuffer.allocateDirect(capacity));
        }

        Memory(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            bytes.put(source);
            return count;
        }

        @Override
        public int read(ByteBuffer target) {
            if (!bytes.hasRemaining()) {
                return -1;
            }
            int count = Math.min(target.remaining(), bytes.remaining());
            target.put(target.position(), bytes, bytes.position(), count);
            target.position(target.position() + count);
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
