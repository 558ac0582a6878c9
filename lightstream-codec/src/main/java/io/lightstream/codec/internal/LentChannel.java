package io.lightstream.codec.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/** A channel that somebody else closes: closing this says that its user is done with it. */
public final class LentChannel implements GatheringByteChannel {
    private final GatheringByteChannel channel;
    private final Closeable returned;
    private volatile boolean closed;

    /** @param returned closed when this is closed for the first time */
    public LentChannel(GatheringByteChannel channel, Closeable returned) {
        this.channel = channel;
        this.returned = returned;
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
            returned.close();
        }
    }
}
