package io.lightstream.codec.frame;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.TruncatedStreamException;
import java.util.Optional;

/**
 * Cuts frames out of a stream of bytes. A decoder does no I/O and never blocks: it looks at a window of bytes and says
 * what it needs next, so that one decoder serves blocking channels, event loops and tests alike.
 *
 * <p>The driver keeps calling {@link #decode} with a window that starts at the first byte which has not been consumed.
 * The answer is one of
 *
 * <ul>
 *   <li>{@link DecodeResult#needMore}: come back with at least that many bytes in the window;
 *   <li>{@link DecodeResult#frame}: here is a frame;
 *   <li>{@link DecodeResult#needInto}: the bytes that follow are a large payload and belong in these buffers;
 *   <li>{@link DecodeResult#skip} and {@link DecodeResult#skipFrame}: nobody wants the bytes that follow.
 * </ul>
 *
 * <p>A simple framing needs the first two only. Every length that the bytes claim must be checked against a limit
 * before it is answered or memory is taken for it.
 *
 * <p>One instance serves one stream, is used by one thread at a time, and is of no use after it has thrown.
 *
 * @param <F> the type of the frames
 */
public interface FrameDecoder<F> {

    /**
     * Looks at the bytes that have arrived and says what is needed next.
     *
     * <p>The window may be empty: that is how a driver learns how many bytes a frame needs to begin with, and how a
     * decoder comes to answer with the frame whose payload has just been filled. After {@code needMore(n)} the next
     * window starts at the same byte and holds at least {@code n}.
     *
     * @param in the bytes not consumed so far; belongs to the driver and is valid during this call only, as are slices
     *     of it
     * @return what is needed next, or a frame
     * @throws LightstreamException if the bytes are malformed, over a limit or not supported; the stream ends here
     */
    DecodeResult<F> decode(ByteWindow in) throws LightstreamException;

    /**
     * Makes a frame of what is left when the input ends somewhere else than between two frames. Not called when the end
     * is clean, nor inside a payload that {@code needInto} or {@code skip} asked for (that is always an error).
     *
     * <p>The default has no use for the rest, and the driver throws {@link TruncatedStreamException}. A decoder whose
     * frames may be ended by the end of the input returns the last frame; one that can explain better what is missing
     * throws {@code TruncatedStreamException} itself.
     *
     * @param rest the bytes not consumed; may be empty in the middle of a frame; valid during this call only
     * @return the last frame, which must consume all of {@code rest}, or nothing if the input is truncated
     * @throws LightstreamException if the rest is wrong in a way the decoder can name
     */
    default Optional<DecodeResult.Frame<F>> endOfInput(ByteWindow rest) throws LightstreamException {
        return Optional.empty();
    }

    /**
     * Releases what a half-read frame holds. Called once, when the stream fails or the driver is closed; frames already
     * handed out are not affected. The default does nothing.
     */
    default void close() {}
}
