package io.lightstream.transport.stdio;

import io.lightstream.transport.spi.TransportErrors;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ScatteringByteChannel;

/** A channel whose errors say where they come from, and which closes its link. */
record NamedInput(String source, ScatteringByteChannel channel, Closeable link) implements ScatteringByteChannel {
    @Override
    public int read(ByteBuffer destination) throws IOException {
        try {
            return channel.read(destination);
        } catch (IOException e) {
            throw TransportErrors.readFailed(source, e);
        }
    }

    @Override
    public long read(ByteBuffer[] destinations, int offset, int length) throws IOException {
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
