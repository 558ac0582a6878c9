package io.lightstream.codec.format;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.ipc.IpcStreamWriter;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** The Arrow IPC stream format, as it goes over connections. */
public final class ArrowStreamFormat implements BatchFormat {
    private static final int CONTINUATION = 0xFFFFFFFF;

    /** For {@link java.util.ServiceLoader}. */
    public ArrowStreamFormat() {}

    @Override
    public String name() {
        return "arrows";
    }

    @Override
    public List<String> extensions() {
        return List.of(".arrows");
    }

    /** By the continuation marker. A stream of before Arrow 0.15 has none, and is told by its name only. */
    @Override
    public boolean recognizes(ByteBuffer head) {
        ByteBuffer bytes = head.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        return bytes.remaining() >= 2 * Integer.BYTES
                && bytes.getInt(bytes.position()) == CONTINUATION
                && bytes.getInt(bytes.position() + Integer.BYTES) > 0;
    }

    @Override
    public BatchReader open(ReadableByteChannel channel, BufferAllocator allocator, IpcReadOptions options)
            throws IOException {
        return IpcStreamReader.open(channel, allocator, options);
    }

    @Override
    public BatchWriter create(WritableByteChannel channel, Schema schema, String sink) throws IOException {
        return IpcStreamWriter.open(channel, schema, IpcWriteOptions.defaults().withSink(sink));
    }
}
