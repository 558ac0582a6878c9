package io.lightstream.codec.ipc;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Writes batches to arrays, and opens readers of arrays. */
public final class Ipc {
    private static final IpcWriteOptions COMPRESSED = IpcWriteOptions.defaults().withCompression(Compression.LZ4_FRAME);

    static final IpcReadOptions READ = IpcReadOptions.defaults().withSource("test");

    private Ipc() {}

    public static byte[] stream(Schema schema, IpcWriteOptions options, List<RecordBatch> batches) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (IpcStreamWriter writer = IpcStreamWriter.open(Channels.newChannel(bytes), schema, options)) {
            for (RecordBatch batch : batches) {
                writer.write(batch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static byte[] stream(RecordBatch... batches) {
        return stream(batches[0].schema(), IpcWriteOptions.defaults(), List.of(batches));
    }

    public static byte[] file(Schema schema, IpcWriteOptions options, List<RecordBatch> batches) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (IpcFileWriter writer = IpcFileWriter.open(Channels.newChannel(bytes), schema, options)) {
            for (RecordBatch batch : batches) {
                writer.write(batch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static byte[] file(RecordBatch... batches) {
        return file(batches[0].schema(), IpcWriteOptions.defaults(), List.of(batches));
    }

    /** A compressed stream of the batch twice; of the second message, the length of the metadata is broken. */
    public static byte[] brokenStream(RecordBatch batch) throws IOException {
        byte[] bytes = stream(batch.schema(), COMPRESSED, List.of(batch, batch));
        try (LightstreamMemory memory = LightstreamMemory.create();
                IpcStreamReader reader = openStream(bytes, memory.allocator())) {
            reader.next();
            reader.next();
            return broken(bytes, reader.position());
        }
    }

    /** As {@link #brokenStream}, in a file. */
    public static byte[] brokenFile(RecordBatch batch) throws IOException {
        byte[] bytes = file(batch.schema(), COMPRESSED, List.of(batch, batch));
        try (LightstreamMemory memory = LightstreamMemory.create();
                IpcFileReader reader = openFile(bytes, memory.allocator())) {
            return broken(bytes, reader.footer().recordBatches().get(1).offset());
        }
    }

    private static byte[] broken(byte[] bytes, long message) {
        ByteBuffer.wrap(bytes).putInt((int) message + Integer.BYTES, -1);
        return bytes;
    }

    static IpcStreamReader openStream(byte[] bytes, BufferAllocator allocator) throws IOException {
        return openStream(bytes, allocator, READ);
    }

    static IpcStreamReader openStream(byte[] bytes, BufferAllocator allocator, IpcReadOptions options)
            throws IOException {
        return IpcStreamReader.open(new InMemoryFile(bytes).asStream(), allocator, options);
    }

    static IpcFileReader openFile(byte[] bytes, BufferAllocator allocator) throws IOException {
        return IpcFileReader.open(new InMemoryFile(bytes), allocator, READ);
    }
}
