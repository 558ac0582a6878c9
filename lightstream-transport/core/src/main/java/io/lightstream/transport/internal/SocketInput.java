package io.lightstream.transport.internal;

import io.lightstream.transport.spi.TransportErrors;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ScatteringByteChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The reading direction of a socket: what the channel does, with time-outs and errors that name the source. */
final class SocketInput implements ScatteringByteChannel {
    private final SocketChannel channel;
    private final String source;
    private final Activity activity;
    private final @Nullable Readiness readiness;
    private final Closeable link;
    private final ReentrantLock inUse = new ReentrantLock();

    /**
     * @param readiness waits for bytes where the channel does not block
     * @param link what is closed with this direction
     */
    SocketInput(
            SocketChannel channel, String source, Activity activity, @Nullable Readiness readiness, Closeable link) {
        this.channel = channel;
        this.source = source;
        this.activity = activity;
        this.readiness = readiness;
        this.link = link;
    }

    @Override
    public int read(ByteBuffer destination) throws IOException {
        inUse.lock();
        try {
            int count = channel.read(destination);
            while (count == 0 && readiness != null && destination.hasRemaining()) {
                readiness.await();
                count = channel.read(destination);
            }
            moved();
            return count;
        } catch (IOException e) {
            throw TransportErrors.readFailed(source, e);
        } finally {
            inUse.unlock();
        }
    }

    @Override
    public long read(ByteBuffer[] destinations, int offset, int length) throws IOException {
        inUse.lock();
        try {
            long count = channel.read(destinations, offset, length);
            while (count == 0 && readiness != null && Buffers.hasRemaining(destinations, offset, length)) {
                readiness.await();
                count = channel.read(destinations, offset, length);
            }
            moved();
            return count;
        } catch (IOException e) {
            throw TransportErrors.readFailed(source, e);
        } finally {
            inUse.unlock();
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

    @Override
    public void close() throws IOException {
        link.close();
    }

    /** Held by the thread that is in a call of this channel. */
    ReentrantLock inUse() {
        return inUse;
    }

    private void moved() {
        if (readiness != null) {
            activity.moved();
        }
    }
}
