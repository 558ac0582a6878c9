package io.lightstream.codec.frame;

import io.lightstream.codec.internal.Gate;
import io.lightstream.codec.memory.StagingBuffer;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a blocking channel: what is small is collected and written when there is enough of it, what is large is
 * written as it lies, and the order is kept.
 *
 * <p>Buffers of 16 KB and more ({@link GatheringOutputOptions#largeBytes()}) go to the channel without a copy, together
 * with what has been collected before them, by gathering writes of at most 512 KB; they have been written when the call
 * returns. Everything else, heap buffers included (the JDK would copy them anyway), is copied to a staging buffer of 256
 * KB, which is written when it is full, on {@link #flush()} and on {@link #close()}. So whoever wants a small frame to
 * leave at once has to flush.
 *
 * <p>The channel need not be a {@link java.nio.channels.GatheringByteChannel}; it costs more calls if it is not.
 *
 * <p>Used by one thread at a time; a second one gets an {@link IllegalStateException}. Any thread may {@link #close()}.
 * An exception is terminal: nothing more is written, and only {@code close} may be called after it.
 */
public final class GatheringOutput implements FrameSink, Flushable, Closeable {
    private final WritableByteChannel channel;
    private final GatheringOutputOptions options;
    private final GatherQueue queue;
    private final Gate gate;
    private final StagingBuffer stagingMemory = new StagingBuffer();
    private final ByteBuffer staging;
    /** Where in the staging buffer the bytes begin that are not in the queue yet. */
    private int stagedFrom;

    private long position;
    private long copiedBytes;
    private @Nullable Throwable failure;

    private GatheringOutput(WritableByteChannel channel, GatheringOutputOptions options) {
        this.channel = channel;
        this.options = options;
        this.queue = new GatherQueue(channel, options.maxWriteBytes());
        this.gate = new Gate("The output to " + options.sink());
        this.staging = stagingMemory.ofAtLeast(options.stagingBytes());
    }

    /**
     * Opens an output. Nothing is written yet.
     *
     * @param channel where the bytes go; in blocking mode. Closed with the output unless the options say otherwise
     * @param options how to write
     * @return an output that the caller closes
     * @throws java.nio.channels.IllegalBlockingModeException if the channel is in non-blocking mode
     */
    public static GatheringOutput open(WritableByteChannel channel, GatheringOutputOptions options) {
        Blocking.require(channel);
        return new GatheringOutput(channel, options);
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        enter();
        try {
            take(bytes);
            writeBorrowed();
        } catch (Throwable e) {
            fail(e);
            throw e;
        } finally {
            leave();
        }
    }

    @Override
    public void write(ByteBuffer[] buffers, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, buffers.length);
        enter();
        try {
            for (int i = from; i < from + count; i++) {
                take(buffers[i]);
            }
            writeBorrowed();
        } catch (Throwable e) {
            fail(e);
            throw e;
        } finally {
            leave();
        }
    }

    @Override
    public void pad(int zeroBytes) throws IOException {
        if (zeroBytes < 0) {
            throw new IllegalArgumentException("zeroBytes: expected at least 0, found " + zeroBytes);
        }
        enter();
        try {
            stageZeroes(zeroBytes);
        } catch (Throwable e) {
            fail(e);
            throw e;
        } finally {
            leave();
        }
    }

    /**
     * Writes what has been collected. Returns when the channel has taken all of it.
     *
     * @throws IOException if the channel fails
     */
    @Override
    public void flush() throws IOException {
        enter();
        try {
            writeAll();
        } catch (Throwable e) {
            fail(e);
            throw e;
        } finally {
            leave();
        }
    }

    @Override
    public long position() {
        return position;
    }

    /**
     * Returns how many bytes were copied to the staging buffer; all others were written as they lay.
     *
     * @return a number of bytes
     */
    public long copiedBytes() {
        return copiedBytes;
    }

    /**
     * Returns how often the channel was written to.
     *
     * @return the number of write calls
     */
    public long writes() {
        return queue.writes();
    }

    /**
     * Writes what has been collected, unless writing has failed before, and closes the channel, unless the options say
     * otherwise. If another thread is in the middle of a call, that call is ended by closing the channel, and what has
     * been collected is lost. Closing twice does nothing.
     *
     * @throws IOException if the channel fails
     */
    @Override
    @SuppressWarnings("try") // the channel is only closed there
    public void close() throws IOException {
        Gate.Closing closing = gate.close();
        if (closing == Gate.Closing.ALREADY) {
            return;
        }
        try (Closeable toClose = options.closeChannel() ? channel : () -> {}) {
            if (closing == Gate.Closing.NOW && failure == null) {
                writeAll();
            }
        } finally {
            if (closing == Gate.Closing.NOW) {
                release();
            }
        }
    }

    private void enter() {
        gate.enter();
        if (failure != null) {
            leave();
            throw new IllegalStateException("The output to " + options.sink() + " has failed", failure);
        }
    }

    private void leave() {
        if (gate.leave()) {
            release();
        }
    }

    private void fail(Throwable e) {
        failure = e;
    }

    /** Queues a large buffer, copies a small one. */
    private void take(ByteBuffer bytes) throws IOException {
        int size = bytes.remaining();
        if (size >= options.largeBytes() && bytes.isDirect()) {
            if (!queue.hasRoomFor(2)) {
                queue.drain();
            }
            queueStaged();
            queue.add(bytes.duplicate());
        } else {
            stage(bytes, size);
        }
        position += size;
    }

    private void stage(ByteBuffer bytes, int size) throws IOException {
        int copied = 0;
        while (copied < size) {
            int count = roomFor(size - copied);
            staging.put(staging.position(), bytes, bytes.position() + copied, count);
            staging.position(staging.position() + count);
            copied += count;
        }
        copiedBytes += size;
    }

    private void stageZeroes(int size) throws IOException {
        int left = size;
        while (left > 0) {
            int count = roomFor(left);
            int end = staging.position() + count;
            while (staging.position() < end) {
                staging.put((byte) 0);
            }
            left -= count;
        }
        position += size;
    }

    /** How much of {@code wanted} bytes fits the staging buffer, which is written first if it is full. */
    private int roomFor(int wanted) throws IOException {
        if (!staging.hasRemaining()) {
            writeAll();
        }
        return Math.min(wanted, staging.remaining());
    }

    private void queueStaged() {
        int staged = staging.position() - stagedFrom;
        if (staged > 0) {
            queue.add(staging.slice(stagedFrom, staged));
            stagedFrom = staging.position();
        }
    }

    /** Writes the large buffers that are queued and all before them, because they are only lent. */
    private void writeBorrowed() throws IOException {
        if (queue.isEmpty()) {
            return;
        }
        queue.drain();
        int staged = staging.position() - stagedFrom;
        staging.put(0, staging, stagedFrom, staged);
        staging.position(staged);
        stagedFrom = 0;
    }

    private void writeAll() throws IOException {
        if (!queue.hasRoomFor(1)) {
            queue.drain();
        }
        queueStaged();
        queue.drain();
        staging.clear();
        stagedFrom = 0;
    }

    private void release() {
        stagingMemory.close();
    }
}
