package io.lightstream.codec.frame;

import java.io.IOException;

/**
 * Turns values into the bytes of frames: the counterpart of {@link FrameDecoder}. One instance serves one stream and is
 * used by one thread at a time.
 *
 * @param <T> the type of the values
 */
@FunctionalInterface
public interface FrameEncoder<T> {
    /**
     * Writes one frame.
     *
     * @param value the value; borrowed, neither changed nor referred to after this method returns
     * @param out takes the bytes
     * @throws IOException if {@code out} fails
     * @throws IllegalArgumentException if the framing cannot carry the value; nothing has been written then
     */
    void encode(T value, FrameSink out) throws IOException;
}
