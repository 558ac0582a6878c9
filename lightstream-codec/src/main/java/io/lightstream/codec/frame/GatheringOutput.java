package io.lightstream.codec.frame;

import io.lightstream.codec.internal.Gate;
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
 * <p>What decides is how much comes with one call. Less than 48 KB ({@link GatheringOutputOptions#largeBytes()}) are copied to a
 * staging buffer of up to 256 KB, which is written when it is full, on {@link #flush()} and on {@link #close()}: a call of the channel
 * costs more than the copy. So whoever wants a small frame to leave at once has to flush. Of more, direct buffers go to the channel
 * without a copy, those of a few KB apart, together with what has been collected before them, by gathering writes of at most 320
 * KB; they have been written when the call returns. Heap buffers are always copied; the JDK would do so anyway.
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
    private final WriteStage stage;
    private final Gate gate;
    private @Nullable Throwable failure;

    private GatheringOutput(WritableByteChannel channel, GatheringOutputOptions options) {
        this.channel = channel;
        this.options = options;
        this.queue = new GatherQueue(channel, options.maxWriteBytes());
        this.stage = new WriteStage(queue, options);
        this.gate = new Gate("The output to " + options.sink());
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
        onStage(to -> to.take(bytes, to.lends(bytes.remaining())));
    }

    @Override
    public void write(ByteBuffer[] buffers, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, buffers.length);
        onStage(to -> {
            long total = 0;
            for (int i = from; i < from + count; i++) {
                total += buffers[i].remaining();
            }
            boolean lends = to.lends(total);
            for (int i = from; i < from + count; i++) {
                to.take(buffers[i], lends);
            }
        });
    }

    /**
     * Writes a frame that puts itself together in this output's memory.
     *
     * @param frame asked once for its bytes, before this method returns
     * @throws IOException if the bytes cannot be written; the output is of no use from then on
     */
    public void write(StagedFrame frame) throws IOException {
        onStage(frame::writeTo);
    }

    @Override
    public void pad(int zeroBytes) throws IOException {
        if (zeroBytes < 0) {
            throw new IllegalArgumentException("zeroBytes: expected at least 0, found " + zeroBytes);
        }
        onStage(to -> to.pad(zeroBytes));
    }

    /**
     * Writes what has been collected. Returns when the channel has taken all of it.
     *
     * @throws IOException if the channel fails
     */
    @Override
    public void flush() throws IOException {
        onStage(WriteStage::writeAll);
    }

    @Override
    public long position() {
        return stage.position();
    }

    /**
     * Returns how many bytes went through the staging buffer; all others were written as they lay.
     *
     * @return a number of bytes
     */
    public long copiedBytes() {
        return stage.collectedBytes();
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
                stage.writeAll();
            }
        } finally {
            if (closing == Gate.Closing.NOW) {
                release();
            }
        }
    }

    private interface Step {
        void take(WriteStage stage) throws IOException;
    }

    /** Does something that no other thread may do meanwhile, and that ends the output where it fails. */
    private void onStage(Step step) throws IOException {
        gate.enter();
        try {
            if (failure != null) {
                throw new IllegalStateException("The output to " + options.sink() + " has failed", failure);
            }
            step.take(stage);
            stage.writeLent();
        } catch (Throwable e) {
            fail(e);
            throw e;
        } finally {
            if (gate.leave()) {
                release();
            }
        }
    }

    /** The first failure is the reason of all later ones. */
    private void fail(Throwable e) {
        if (failure == null) {
            failure = e;
        }
    }

    private void release() {
        stage.close();
    }
}
