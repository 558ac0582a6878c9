package io.lightstream.transport.stdio;

import io.lightstream.transport.spi.ConnectionClosedException;
import io.lightstream.transport.spi.TransportErrors;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ScatteringByteChannel;

/** A channel whose errors say where they come from, which closes its link, and which knows whether it was used. */
final class NamedInput implements ScatteringByteChannel {
    private final String source;
    private final ScatteringByteChannel channel;
    private final Closeable link;
    private volatile boolean used;
    private volatile boolean closed;

    NamedInput(String source, ScatteringByteChannel channel, Closeable link) {
        this.source = source;
        this.channel = channel;
        this.link = link;
    }

    @Override
    public int read(ByteBuffer destination) throws IOException {
        begin();
        try {
            return channel.read(destination);
        } catch (IOException e) {
            throw TransportErrors.readFailed(source, e);
        }
    }

    @Override
    public long read(ByteBuffer[] destinations, int offset, int length) throws IOException {
        begin();
        try {
            return channel.read(destinations, offset, length);
        } catch (IOException e) {
            throw TransportErrors.readFailed(source, e);
        }
    }

    @Override
    public long read(ByteBuffer[] destinations) throws IOException {
        return read(destinations, 0, destinations.length);
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

    /** Says "used" before it looks whether it is closed, as closing does the other way round: one of them sees the other. */
    private void begin() throws IOException {
        used = true;
        if (closed) {
            throw new ConnectionClosedException(source, "read", null);
        }
    }

    /** Closes this direction, if anybody ever read from it. */
    void closeIfUsed() throws IOException {
        closed = true;
        if (used) {
            channel.close();
        }
    }
}
