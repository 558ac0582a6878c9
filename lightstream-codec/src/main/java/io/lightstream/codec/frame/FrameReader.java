package io.lightstream.codec.frame;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.internal.Gate;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames from a blocking channel.
 *
 * <pre>{@code
 * try (var frames = FrameReader.open(channel, decoder, FrameReaderOptions.defaults().withSource(uri))) {
 *     while (frames.next()) {
 *         consume(frames.frame());
 *     }
 * }
 * }</pre>
 *
 * <p>Payloads that the decoder has a place for are read straight into that place, several buffers by one system call,
 * and, while payloads are large, nothing else is read with them but the next frame's header. While frames are small,
 * whole chunks are read, each with many frames. No byte is waited for that the next frame does not need. Where the options
 * say so, it sleeps now and then in the middle of a large payload, so that bytes gather: see {@link
 * FrameReaderOptions#pauses()}.
 *
 * <p>Used by one thread at a time; a second one gets an {@link IllegalStateException}. Any thread may {@link #close()},
 * which closes the channel, and so ends a blocked {@link #next()} with the channel's {@link
 * java.nio.channels.AsynchronousCloseException}; a channel that the options leave open wakes nobody. An exception is terminal: the decoder is closed, and only {@code close} may be called after it.
 *
 * @param <F> the type of the frames
 */
public final class FrameReader<F> implements Closeable {
    private final ReadableByteChannel channel;
    private final FrameReaderOptions options;
    private final FrameAssembler<F> assembler;
    private final ChannelSource input;
    private final Gate gate;
    private boolean ended;
    private @Nullable Throwable failure;

    private FrameReader(ReadableByteChannel channel, FrameDecoder<F> decoder, FrameReaderOptions options) {
        this.channel = channel;
        this.options = options;
        this.assembler = new FrameAssembler<>(decoder, options.source(), options.position());
        this.input = new ChannelSource(channel, options, new ReadPauses(options.pauses()));
        this.gate = new Gate("The reader of " + options.source());
    }

    /**
     * Opens a reader. Nothing is read yet.
     *
     * @param channel where the bytes come from; in blocking mode. Closed with the reader unless the options say
     *     otherwise
     * @param decoder cuts the frames; closed with the reader
     * @param options how to read
     * @param <F> the type of the frames
     * @return a reader that the caller closes
     * @throws java.nio.channels.IllegalBlockingModeException if the channel is in non-blocking mode
     */
    public static <F> FrameReader<F> open(
            ReadableByteChannel channel, FrameDecoder<F> decoder, FrameReaderOptions options) {
        Blocking.require(channel);
        return new FrameReader<>(channel, decoder, options);
    }

    /**
     * Reads the next frame, waiting for it if need be.
     *
     * @return true if there is one, see {@link #frame()}; false at the end of the input
     * @throws TruncatedStreamException if the input ends inside a frame
     * @throws LightstreamException if the bytes are not what the decoder expects
     * @throws IOException if the channel cannot be read, or is closed meanwhile
     * @throws IllegalStateException if the reader is closed, has failed, or is in use by another thread
     */
    public boolean next() throws IOException {
        gate.enter();
        try {
            if (failure != null) {
                throw new IllegalStateException("The reader of " + options.source() + " has failed", failure);
            }
            return advance();
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            throw e;
        } finally {
            if (gate.leave()) {
                release();
            }
        }
    }

    /**
     * Tells whether bytes behind the current frame have been read already. If none have, {@link #next()} may have to wait for
     * the first of them.
     *
     * @return true if there are some
     */
    public boolean hasArrived() {
        return assembler.hasUndecoded();
    }

    /**
     * Returns the frame that {@link #next()} has found. It belongs to the caller.
     *
     * @return the current frame
     * @throws IllegalStateException if {@code next()} has not returned true
     */
    public F frame() {
        return assembler.frame();
    }

    /**
     * Returns where the current frame began.
     *
     * @return the offset of its first byte from the start of the source
     */
    public long framePosition() {
        return assembler.framePosition();
    }

    /**
     * Returns how far the stream has been decoded.
     *
     * @return the offset, from the start of the source, of the first byte that belongs to no frame so far; the channel
     *     may have been read further
     */
    public long position() {
        return assembler.position();
    }

    /**
     * Returns how many payload bytes had to be copied to their destination, see {@link FrameAssembler#copiedBytes()}.
     *
     * @return a number of bytes
     */
    public long copiedBytes() {
        return assembler.copiedBytes();
    }

    /**
     * Returns how many payload bytes were read straight into their destination.
     *
     * @return a number of bytes
     */
    public long directBytes() {
        return assembler.directBytes();
    }

    /**
     * Returns how often the channel was read.
     *
     * @return the number of read calls
     */
    public long reads() {
        return input.reads();
    }

    /**
     * Closes the decoder, and the channel unless the options say otherwise. If another thread is inside {@link #next()},
     * closing the channel ends its wait, and the decoder is closed as that thread leaves; where the channel stays open, that is
     * when it has got what it waits for. Closing twice does nothing.
     *
     * @throws IOException if the channel cannot be closed
     */
    @Override
    public void close() throws IOException {
        gate.close(options.closeChannel() ? channel : () -> {}, this::release);
    }

    private boolean advance() throws IOException {
        if (ended) {
            assembler.forgetFrame();
            return false;
        }
        while (!assembler.next()) {
            if (!input.read(assembler)) {
                ended = true;
                return assembler.endOfInput();
            }
        }
        return true;
    }

    private void fail(Throwable e) {
        if (failure == null) {
            failure = e;
            try {
                assembler.close();
            } catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
        }
    }

    private void release() {
        assembler.close();
        input.release();
    }
}
