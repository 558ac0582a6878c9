package io.lightstream.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/** The writing direction of a connection, lent to one stream: ending that stream is not the end of the connection. */
final class ConnectionOutput implements GatheringByteChannel {
    private final GatheringByteChannel channel;
    private final OnClose onClose;
    private volatile boolean closed;

    /** What happens when the stream has ended. */
    @FunctionalInterface
    interface OnClose {
        void run() throws IOException;
    }

    ConnectionOutput(GatheringByteChannel channel, OnClose onClose) {
        this.channel = channel;
        this.onClose = onClose;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        return channel.write(bytes);
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
        return channel.write(buffers, offset, length);
    }

    @Override
    public long write(ByteBuffer[] buffers) throws IOException {
        return channel.write(buffers);
    }

    @Override
    public boolean isOpen() {
        return !closed && channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            onClose.run();
        }
    }
}
