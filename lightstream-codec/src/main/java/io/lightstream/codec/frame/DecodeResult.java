package io.lightstream.codec.frame;

import java.nio.ByteBuffer;

/**
 * What a {@link FrameDecoder} answers: the next frame, or what it needs to get there. Made by the static methods here.
 *
 * @param <F> the type of the frames
 */
public sealed interface DecodeResult<F> {

    /**
     * Asks for a larger window. Nothing has been consumed.
     *
     * @param minBytes the total number of bytes the window must hold for another attempt to make sense; more than it
     *     holds now. A driver may read exactly this much, so ask for as much as is known to come, but never for more
     *     than the frame is known to have, or the last frame of a stream will never be complete
     * @param <F> the type of the frames
     * @return the answer
     */
    @SuppressWarnings("unchecked") // a NeedMore holds no F
    static <F> DecodeResult<F> needMore(int minBytes) {
        return minBytes >= 0 && minBytes < NeedMore.CACHE.length
                ? (DecodeResult<F>) NeedMore.CACHE[minBytes]
                : new NeedMore<>(minBytes);
    }

    /**
     * Hands out a frame.
     *
     * @param value the frame; it belongs to the caller of the driver from now on and refers to nothing of the window
     * @param consumed how many bytes of the window belong to it; the next window starts behind them. Zero after a
     *     payload that completed the frame
     * @param <F> the type of the frames
     * @return the answer
     */
    static <F> DecodeResult<F> frame(F value, int consumed) {
        return new Frame<>(value, consumed);
    }

    /**
     * Asks for a payload to be put where it belongs: the driver drops {@code consumed} bytes, fills the destinations in
     * order, each from its position to its limit, and calls {@code decode} again. Bytes that are in the window already
     * are copied; all others are read straight into the destinations. Best given all at once, since the driver may read
     * into several destinations by one system call and looks ahead to the next frame behind the last one.
     *
     * @param consumed how many bytes of the window precede the payload
     * @param destinations where the payload goes; direct buffers, or it has to be copied. They, and the array, belong
     *     to the driver until {@code decode} or {@code close} is called; their positions are moved to their limits, unless the input ends
     * @param <F> the type of the frames
     * @return the answer
     */
    static <F> DecodeResult<F> needInto(int consumed, ByteBuffer... destinations) {
        return new NeedInto<>(consumed, destinations);
    }

    /**
     * Asks for bytes in the middle of a frame to be discarded; then {@code decode} is called again. A seekable source
     * may position over them.
     *
     * @param consumed how many bytes of the window precede them
     * @param bytes how many to discard after that; may be more than the window holds
     * @param <F> the type of the frames
     * @return the answer
     */
    static <F> DecodeResult<F> skip(int consumed, long bytes) {
        return new Skip<>(consumed, bytes, false);
    }

    /**
     * Asks for the rest of a frame nobody wants to be discarded. Like {@link #skip}, but what follows is the start of
     * the next frame, so that the input may end there.
     *
     * @param consumed how many bytes of the window precede the bytes to discard
     * @param bytes how many to discard after that; may be more than the window holds
     * @param <F> the type of the frames
     * @return the answer
     */
    static <F> DecodeResult<F> skipFrame(int consumed, long bytes) {
        return new Skip<>(consumed, bytes, true);
    }

    /**
     * See {@link DecodeResult#needMore}.
     *
     * @param minBytes the total number of bytes the window must hold
     * @param <F> the type of the frames
     */
    record NeedMore<F>(int minBytes) implements DecodeResult<F> {
        private static final NeedMore<?>[] CACHE = new NeedMore<?>[1025];

        static {
            for (int i = 0; i < CACHE.length; i++) {
                CACHE[i] = new NeedMore<>(i);
            }
        }
    }

    /**
     * See {@link DecodeResult#frame}.
     *
     * @param value the frame
     * @param consumed how many bytes of the window belong to it
     * @param <F> the type of the frames
     */
    record Frame<F>(F value, int consumed) implements DecodeResult<F> {}

    /**
     * See {@link DecodeResult#needInto}.
     *
     * @param <F> the type of the frames
     */
    final class NeedInto<F> implements DecodeResult<F> {
        private final int consumed;
        private final ByteBuffer[] destinations;

        private NeedInto(int consumed, ByteBuffer[] destinations) {
            this.consumed = consumed;
            this.destinations = destinations;
        }

        /**
         * Returns how many bytes of the window precede the payload.
         *
         * @return a number of bytes
         */
        public int consumed() {
            return consumed;
        }

        /**
         * Returns where the payload goes.
         *
         * @return the destinations in order; the array itself, not a copy
         */
        public ByteBuffer[] destinations() {
            return destinations;
        }
    }

    /**
     * See {@link DecodeResult#skip} and {@link DecodeResult#skipFrame}.
     *
     * @param consumed how many bytes of the window precede the bytes to discard
     * @param bytes how many bytes to discard after that
     * @param endsFrame whether a new frame begins behind them
     * @param <F> the type of the frames
     */
    record Skip<F>(int consumed, long bytes, boolean endsFrame) implements DecodeResult<F> {}
}
