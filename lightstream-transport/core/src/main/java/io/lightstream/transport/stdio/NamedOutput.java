package io.lightstream.transport.stdio;

import io.lightstream.transport.spi.ConnectionClosedException;
import io.lightstream.transport.spi.TransportErrors;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/** A channel whose errors say where they come from, which closes its link, and which knows whether it was used. */
final class NamedOutput implements GatheringByteChannel {
    private final String source;
    private final GatheringByteChannel channel;
    private final Closeable link;
    private volatile boolean used;
    private volatile boolean closed;

    NamedOutput(String source, GatheringByteChannel channel, Closeable link) {
        this.source = source;
        this.channel = channel;
        this.link = link;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        begin();
        try {
            return channel.write(bytes);
        } catch (IOException e) {
            throw TransportErrors.writeFailed(source, e);
        }
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
        begin();
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
        return !closed && channel.isOpen();
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

    /** Says "used" before it looks whether it is closed, as closing does the other way round: one of them sees the other. */
    private void begin() throws IOException {
        used = true;
        if (closed) {
            throw new ConnectionClosedException(source, "write", null);
        }
    }

    /** Closes this direction, if anybody ever wrote to it. */
    void closeIfUsed() throws IOException {
        closed = true;
        if (used) {
            channel.close();
        }
    }
}
