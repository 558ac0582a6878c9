package io.lightstream.codec.ipc;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Writes batches to arrays, and opens readers of arrays. */
final class Ipc {
    static final IpcReadOptions READ = IpcReadOptions.defaults().withSource("test");

    private Ipc() {}

    static byte[] stream(Schema schema, IpcWriteOptions options, List<RecordBatch> batches) {
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

    static byte[] stream(RecordBatch... batches) {
        return stream(batches[0].schema(), IpcWriteOptions.defaults(), List.of(batches));
    }

    static byte[] file(Schema schema, IpcWriteOptions options, List<RecordBatch> batches) {
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

    static byte[] file(RecordBatch... batches) {
        return file(batches[0].schema(), IpcWriteOptions.defaults(), List.of(batches));
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
