package io.lightstream.codec.internal.input;

import io.lightstream.codec.TruncatedStreamException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ScatteringByteChannel;
import java.nio.channels.SeekableByteChannel;

/** Reads ranges of a seekable channel whole, or fails saying where the input ended. */
public final class ChannelInput implements PositionedInput {
    private final SeekableByteChannel channel;
    private final String source;

    /** @param source name of the input in errors */
    public ChannelInput(SeekableByteChannel channel, String source) {
        this.channel = channel;
        this.source = source;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public long read(long position, ByteBuffer... buffers) throws IOException {
        long wanted = 0;
        for (ByteBuffer buffer : buffers) {
            wanted += buffer.remaining();
        }
        if (buffers.length == 1 && channel instanceof FileChannel file) {
            readAt(file, position, buffers[0]);
        } else {
            channel.position(position);
            readOn(position + wanted, wanted, buffers);
        }
        return wanted;
    }

    /** One system call where moving first would be two. */
    private void readAt(FileChannel file, long position, ByteBuffer buffer) throws IOException {
        long end = position + buffer.remaining();
        while (buffer.hasRemaining()) {
            if (file.read(buffer, end - buffer.remaining()) < 0) {
                throw truncated(end, buffer.remaining());
            }
        }
    }

    private void readOn(long end, long wanted, ByteBuffer... buffers) throws IOException {
        long missing = wanted;
        int next = 0;
        while (missing > 0) {
            while (!buffers[next].hasRemaining()) {
                next++;
            }
            long read = channel instanceof ScatteringByteChannel scattering
                    ? scattering.read(buffers, next, buffers.length - next)
                    : channel.read(buffers[next]);
            if (read < 0) {
                throw truncated(end, missing);
            }
            missing -= read;
        }
    }

    private TruncatedStreamException truncated(long end, long missing) {
        return new TruncatedStreamException(source, end - missing, "input", missing + " more bytes", "the end");
    }
}
