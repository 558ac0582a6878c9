package io.lightstream.transport.stdio;

import io.lightstream.transport.spi.TransportErrors;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/** A channel whose errors say where they come from, and which closes its link. */
record NamedOutput(String source, GatheringByteChannel channel, Closeable link) implements GatheringByteChannel {
    @Override
    public int write(ByteBuffer bytes) throws IOException {
        try {
            return channel.write(bytes);
        } catch (IOException e) {
            throw TransportErrors.writeFailed(source, e);
        }
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
        try {
            return channel.write(buffers, offset, length);
        } catch (IOException e) {
            throw TransportErrors.writeFailed(source, e);
        }
    }

    @Override
    public long write(ByteBuffer[] buffers) throws IOException {
        return write(buffers, 0, buffers.length);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Closes the whole link. */
    @Override
    public void close() throws IOException {
        link.close();
    }

    /** Closes this direction. */
    void end() throws IOException {
        channel.close();
    }
}
