package io.lightstream.codec.format;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.ipc.IpcFileReader;
import io.lightstream.codec.ipc.IpcFileWriter;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** The Arrow IPC file format, also called Feather version 2. Reading needs a seekable channel: the footer comes last. */
public final class ArrowFileFormat implements BatchFormat {
    private static final ByteBuffer MAGIC = ByteBuffer.wrap("ARROW1".getBytes(StandardCharsets.US_ASCII));

    /** For {@link java.util.ServiceLoader}. */
    public ArrowFileFormat() {}

    @Override
    public String name() {
        return "arrow";
    }

    @Override
    public List<String> extensions() {
        return List.of(".arrow", ".feather", ".ipc");
    }

    @Override
    public boolean recognizes(ByteBuffer head) {
        return head.remaining() >= MAGIC.remaining()
                && head.slice(head.position(), MAGIC.remaining()).equals(MAGIC);
    }

    @Override
    public BatchReader open(ReadableByteChannel channel, BufferAllocator allocator, IpcReadOptions options)
            throws IOException {
        if (channel instanceof SeekableByteChannel seekable) {
            return IpcFileReader.open(seekable, allocator, options);
        }
        LightstreamException error = new UnsupportedFeatureException(
                options.source(),
                LightstreamException.UNKNOWN_POSITION,
                "arrow file",
                "a seekable input, because the footer comes last",
                "one that can only be read in order");
        Closeables.closeAfter(error, channel);
        throw error;
    }

    @Override
    public BatchWriter create(WritableByteChannel channel, Schema schema, String sink) throws IOException {
        return IpcFileWriter.open(channel, schema, IpcWriteOptions.defaults().withSink(sink));
    }
}
