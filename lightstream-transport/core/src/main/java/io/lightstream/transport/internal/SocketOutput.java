package io.lightstream.transport.internal;

import io.lightstream.transport.spi.TransportErrors;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The writing direction of a socket: what the channel does, with time-outs and errors that name the source. */
final class SocketOutput implements GatheringByteChannel {
    private final SocketChannel channel;
    private final String source;
    private final Activity activity;
    private final @Nullable Readiness readiness;
    private final Closeable link;
    private final ReentrantLock inUse = new ReentrantLock();

    /**
     * @param readiness waits for room where the channel does not block
     * @param link what is closed with this direction
     */
    SocketOutput(
            SocketChannel channel, String source, Activity activity, @Nullable Readiness readiness, Closeable link) {
        this.channel = channel;
        this.source = source;
        this.activity = activity;
        this.readiness = readiness;
        this.link = link;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        inUse.lock();
        try {
            int count = channel.write(bytes);
            while (count == 0 && readiness != null && bytes.hasRemaining()) {
                readiness.await();
                count = channel.write(bytes);
            }
            moved();
            return count;
        } catch (IOException e) {
            throw TransportErrors.writeFailed(source, e);
        } finally {
            inUse.unlock();
        }
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
        inUse.lock();
        try {
            long count = channel.write(buffers, offset, length);
            while (count == 0 && readiness != null && Buffers.hasRemaining(buffers, offset, length)) {
                readiness.await();
                count = channel.write(buffers, offset, length);
            }
            moved();
            return count;
        } catch (IOException e) {
            throw TransportErrors.writeFailed(source, e);
        } finally {
            inUse.unlock();
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
