package io.lightstream.codec.frame;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.TruncatedStreamException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the crank of a {@link FrameDecoder} with chunks that somebody else reads. This is the whole driver but for the
 * reading: {@link FrameReader} puts a blocking channel behind it, an event loop its own reads.
 *
 * <pre>{@code
 * assembler.offer(chunk);
 * while (assembler.next()) {
 *     consume(assembler.frame());
 * }                               // false: the chunk has been used up, and may be used for something else
 * }</pre>
 *
 * <p>Whoever controls where bytes are read to saves a copy: while {@link #payloadRemaining()} is not zero, the next
 * bytes of the stream belong in {@link #destination()}; put there, they are reported by {@link #filled}. What is offered
 * as a chunk instead is copied there. {@link #readAhead} tells how many bytes are worth reading into a chunk.
 *
 * <p>Not thread-safe. After an exception the stream is over and everything half-read has been released; the frames
 * handed out belong to the caller.
 *
 * @param <F> the type of the frames
 */
public final class FrameAssembler<F> implements AutoCloseable {
    private final FrameDecoder<F> decoder;
    private final String source;
    private final UndecodedBytes bytes = new UndecodedBytes();
    private final Destinations destinations = new Destinations();
    private final ReadAheadPolicy policy;
    private @Nullable F frame;
    private long framePosition;
    private long frameStart;
    private boolean midFrame;
    private long position;
    private int needed;
    private long skipRemaining;
    private boolean skipEndsFrame;
    private long copiedBytes;
    private long directBytes;
    private boolean closed;

    /**
     * An assembler for one stream.
     *
     * @param decoder cuts the frames; closed with this assembler
     * @param source the name of the stream in messages, such as {@code tcp://host:9000}
     * @param position the offset of the first byte from the start of the source, usually 0
     */
    public FrameAssembler(FrameDecoder<F> decoder, String source, long position) {
        this.decoder = decoder;
        this.source = source;
        this.position = position;
        this.frameStart = position;
        this.framePosition = position;
        this.policy = new ReadAheadPolicy(position);
    }

    /**
     * Takes the next bytes of the stream. They are decoded by {@link #next()}, where they lie.
     *
     * @param chunk the bytes between its position and limit, neither of which is changed; borrowed until {@link
     *     #next()} returns false
     * @throws IllegalStateException if the chunk before has not been used up
     */
    public void offer(ByteBuffer chunk) {
        bytes.offer(chunk);
    }

    /** For a driver whose chunk is little-endian, and its own until {@link #next()} returns false: its position is moved. */
    void lend(ByteBuffer chunk) {
        bytes.lend(chunk);
    }

    /**
     * Decodes the next frame from what has been offered.
     *
     * @return true if there is one, see {@link #frame()}; false if more bytes are needed. All that was offered has been
     *     used then
     * @throws LightstreamException if the bytes are not what the decoder expects
     */
    public boolean next() throws LightstreamException {
        requireOpen();
        frame = null;
        try {
            while (settle() && bytes.gather(needed, position)) {
                needed = 0;
                DecodeResult<F> result = decoder.decode(bytes.window());
                if (apply(result)) {
                    return true;
                }
            }
            bytes.releaseChunk();
            return false;
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    /**
     * Tells that no more bytes will come. If the input does not end between two frames, the decoder may make a last one
     * of what is left.
     *
     * @return true if there is a last frame, see {@link #frame()}
     * @throws TruncatedStreamException if the input ends inside a frame
     * @throws LightstreamException if the decoder finds something else wrong with the rest
     */
    public boolean endOfInput() throws LightstreamException {
        requireOpen();
        frame = null;
        try {
            if (!midFrame && bytes.available() == 0) {
                return false;
            }
            if (destinations.remaining() > 0) {
                throw truncated("payload", destinations.remaining() + " more bytes");
            }
            if (skipRemaining > 0) {
                throw truncated("bytes to skip", skipRemaining + " more bytes");
            }
            ByteWindow rest = bytes.gatherAll(position);
            Optional<DecodeResult.Frame<F>> last = decoder.endOfInput(rest);
            if (last.isEmpty()) {
                long missing = Math.max(1, needed - rest.remaining());
                throw truncated("frame that starts at " + frameStart, "at least " + missing + " more bytes");
            }
            if (last.get().consumed() != rest.remaining()) {
                throw broken("left bytes behind at the end of the input", last.get());
            }
            return apply(last.get());
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    /**
     * Returns the frame that {@link #next()} or {@link #endOfInput()} has found. It belongs to the caller.
     *
     * @return the current frame
     * @throws IllegalStateException if there is none
     */
    public F frame() {
        F current = frame;
        if (current == null) {
            throw new IllegalStateException("There is no current frame: next() has not returned true");
        }
        return current;
    }

    /** There is no current frame any more: whoever took the last one may have closed it. */
    void forgetFrame() {
        frame = null;
    }

    /**
     * Returns where the current frame began.
     *
     * @return the offset of its first byte from the start of the source; undefined without a current frame
     */
    public long framePosition() {
        return framePosition;
    }

    /**
     * Returns how far the stream has been decoded.
     *
     * @return the offset of the first byte not consumed, from the start of the source
     */
    public long position() {
        return position;
    }

    /**
     * Returns how many of the next bytes are payload with a place of its own.
     *
     * @return a number of bytes; 0 if the next bytes are to be offered as a chunk
     */
    public long payloadRemaining() {
        return destinations.remaining();
    }

    /**
     * Returns where the next bytes belong while {@link #payloadRemaining()} is not zero. To be filled from its position
     * by at most as much as it has remaining, and not to be kept after {@link #filled}.
     *
     * @return the first destination that is not full; its position must be left as it is
     * @throws IllegalStateException if no payload is wanted
     */
    public ByteBuffer destination() {
        if (destinations.remaining() == 0) {
            throw new IllegalStateException("No payload is wanted now");
        }
        return destinations.current();
    }

    /**
     * Reports payload bytes that have been put into the {@link #destination()} (and, if there are more, those after it)
     * without being offered. Chunks offered before must have been used up.
     *
     * @param count how many
     * @throws IllegalArgumentException if that is more than {@link #payloadRemaining()}
     */
    public void filled(long count) {
        destinations.advance(count);
        payloadArrived(count, destinations.isDirect());
    }

    /**
     * Returns how many of the next bytes nobody wants. A seekable source may leave them out and report it by {@link
     * #skipped}.
     *
     * @return a number of bytes
     */
    public long skipRemaining() {
        return skipRemaining;
    }

    /**
     * Reports bytes left out. Chunks offered before must have been used up.
     *
     * @param count how many
     * @throws IllegalArgumentException if that is more than {@link #skipRemaining()}
     */
    public void skipped(long count) {
        if (count < 0 || count > skipRemaining) {
            throw new IllegalArgumentException("Skipped " + count + " bytes of " + skipRemaining);
        }
        skipRemaining -= count;
        position += count;
    }

    /**
     * Returns how many bytes it pays to read into a chunk, behind the payload if one is under way: all that fit while
     * frames are small, just the next header while payloads are large.
     *
     * @param chunkBytes the size of the chunk
     * @return 0 to {@code chunkBytes}; 0 only while {@link #payloadRemaining()} is not
     */
    public int readAhead(int chunkBytes) {
        if (destinations.remaining() > 0) {
            return policy.behindPayload(chunkBytes);
        }
        long missing = skipRemaining > 0 ? skipRemaining : needed - bytes.available();
        return policy.whenMissing(Math.max(1, missing), chunkBytes);
    }

    /**
     * Returns how many payload bytes had to be copied to their destination: because they had been read already with what
     * precedes them, or because the destination is a heap buffer, which the JDK fills by copying.
     *
     * @return a number of bytes
     */
    public long copiedBytes() {
        return copiedBytes;
    }

    /**
     * Returns how many payload bytes went straight to their destination.
     *
     * @return a number of bytes
     */
    public long directBytes() {
        return directBytes;
    }

    /** Closes the decoder, which releases a half-read frame; the current frame stays. Closing twice does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        destinations.clear();
        bytes.clear();
        decoder.close();
    }

    /** Whether bytes were offered that have not been used. */
    boolean hasUndecoded() {
        return bytes.available() > 0;
    }

    /** For a driver whose channel moves the positions of the destinations itself. */
    Destinations destinations() {
        return destinations;
    }

    /** See {@link #destinations()}. */
    void readByChannel(long count) {
        boolean direct = destinations.isDirect();
        destinations.readByChannel(count);
        payloadArrived(count, direct);
    }

    private void payloadArrived(long count, boolean direct) {
        position += count;
        if (direct) {
            directBytes += count;
        } else {
            copiedBytes += count;
        }
    }

    /** Gives what has arrived to the payload or skip under way; true if that is complete. */
    private boolean settle() {
        if (destinations.remaining() > 0) {
            long copied = bytes.copyTo(destinations);
            position += copied;
            copiedBytes += copied;
        } else if (skipRemaining > 0) {
            skipped(bytes.consume(skipRemaining));
        }
        if (skipRemaining == 0 && skipEndsFrame) {
            skipEndsFrame = false;
            endFrame();
        }
        return destinations.remaining() == 0 && skipRemaining == 0;
    }

    /** Does what the decoder asked for; true if it was a frame. */
    private boolean apply(DecodeResult<F> result) throws LimitExceededException {
        int windowBytes = bytes.window().remaining();
        bytes.closeWindow();
        if (result instanceof DecodeResult.Frame<F> found) {
            consume(found.consumed(), windowBytes, result);
            frame = found.value();
            framePosition = frameStart;
            endFrame();
            return true;
        }
        if (result instanceof DecodeResult.NeedMore<F> more) {
            if (more.minBytes() <= windowBytes) {
                throw broken("asked for " + more.minBytes() + " bytes when it had " + windowBytes, result);
            }
            if (more.minBytes() > UndecodedBytes.LONGEST_WINDOW) {
                throw new LimitExceededException(
                        source, position, "bytes of a window", UndecodedBytes.LONGEST_WINDOW, more.minBytes());
            }
            needed = more.minBytes();
        } else if (result instanceof DecodeResult.NeedInto<F> into) {
            consume(into.consumed(), windowBytes, result);
            midFrame = true;
            destinations.open(into.destinations());
            policy.payload(position, destinations.remaining());
        } else if (result instanceof DecodeResult.Skip<F> skip) {
            consume(skip.consumed(), windowBytes, result);
            if (skip.bytes() < 0) {
                throw broken("skipped a negative number of bytes", result);
            }
            midFrame = true;
            skipRemaining = skip.bytes();
            skipEndsFrame = skip.endsFrame();
            policy.skipped(position, skipRemaining);
        }
        return false;
    }

    private void consume(int count, int windowBytes, DecodeResult<F> result) {
        if (count < 0 || count > windowBytes) {
            throw broken("consumed " + count + " bytes when it had " + windowBytes, result);
        }
        bytes.consume(count);
        position += count;
    }

    private void endFrame() {
        midFrame = false;
        frameStart = position;
        policy.frameStarts(position);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The stream " + source + " is closed");
        }
    }

    private TruncatedStreamException truncated(String what, String expected) {
        return new TruncatedStreamException(source, position + bytes.available(), what, expected, "end of input");
    }

    private IllegalStateException broken(String what, DecodeResult<F> result) {
        return new IllegalStateException(decoder.getClass().getName() + " " + what + ": "
                + result.getClass().getSimpleName() + " @" + position);
    }
}
