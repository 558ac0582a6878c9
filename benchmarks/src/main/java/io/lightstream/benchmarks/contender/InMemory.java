package io.lightstream.benchmarks.contender;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.ipc.IpcMemoryReader;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamWriter;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.memory.NativeMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.apache.arrow.memory.ArrowBuf;

/** Encodes batches to, and decodes streams from, direct memory. */
final class InMemory {
    private final Requests requests;
    private final LightstreamMemory memory;
    private final IpcReadOptions options;

    InMemory(Requests requests, LightstreamMemory memory, IpcReadOptions options) {
        this.requests = requests;
        this.memory = memory;
        this.options = options;
    }

    /** Every batch is encoded over the one before: the memory is there already. */
    void encode(Data data) throws IOException {
        try (RecordBatch batch = data.batch(memory);
                MemoryChannel target = new MemoryChannel(ByteBuffer.allocateDirect(streamBytes(batch, 1)));
                IpcStreamWriter writer = IpcStreamWriter.open(target, batch.schema(), IpcWriteOptions.defaults())) {
            writer.write(batch);
            writer.flush();
            requests.ready();
            for (long batches = requests.next(); batches >= 0; batches = requests.next()) {
                long start = System.nanoTime();
                for (long i = 0; i < batches; i++) {
                    target.clear();
                    writer.write(batch);
                    writer.flush();
                }
                requests.done(batches, System.nanoTime() - start);
            }
            target.clear();
        }
    }

    void decode(Data data) throws IOException {
        try (ArrowBuf stream = stream(data)) {
            Probe probe = new Probe();
            requests.ready();
            for (long batches = requests.next(); batches >= 0; batches = requests.next()) {
                long start = System.nanoTime();
                for (long left = batches; left > 0; left -= data.batchesPerStream()) {
                    decode(stream, Math.min(left, data.batchesPerStream()), probe);
                }
                requests.done(batches, System.nanoTime() - start, probe.take());
            }
        }
    }

    private void decode(ArrowBuf stream, long batches, Probe probe) throws IOException {
        try (BatchReader reader = IpcMemoryReader.open(stream, memory.allocator(), options)) {
            for (long i = 0; i < batches; i++) {
                reader.next();
                probe.touch(reader.batch());
            }
        }
    }

    private ArrowBuf stream(Data data) throws IOException {
        try (RecordBatch batch = data.batch(memory)) {
            int bytes = streamBytes(batch, data.batchesPerStream());
            ArrowBuf stream = memory.allocator().buffer(bytes);
            write(batch, data.batchesPerStream(), new MemoryChannel(NativeMemory.view(stream.memoryAddress(), bytes)));
            stream.writerIndex(bytes);
            return stream;
        }
    }

    private static int streamBytes(RecordBatch batch, int batches) throws IOException {
        CountingChannel counter = new CountingChannel();
        write(batch, batches, counter);
        return Math.toIntExact(counter.bytes());
    }

    private static void write(RecordBatch batch, int batches, WritableByteChannel target) throws IOException {
        try (IpcStreamWriter writer = IpcStreamWriter.open(target, batch.schema(), IpcWriteOptions.defaults())) {
            for (int i = 0; i < batches; i++) {
                writer.write(batch);
            }
        }
    }
}
