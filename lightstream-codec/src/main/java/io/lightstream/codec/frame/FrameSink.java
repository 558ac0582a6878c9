package io.lightstream.codec.frame;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Takes the bytes of frames in order. Buffers are borrowed: they are read from position to limit, neither of which is
 * changed (so one buffer can go to many sinks at a time), and are not referred to any more when a method returns.
 *
 * <p>Used by one thread at a time.
 */
public interface FrameSink {
    /**
     * Takes the bytes of one buffer. Large direct buffers are not copied.
     *
     * @param bytes what to write, from its position to its limit; borrowed until this method returns
     * @throws IOException if the bytes cannot be written; the sink is of no use from then on
     */
    void write(ByteBuffer bytes) throws IOException;

    /**
     * Takes the bytes of several buffers, in order, with fewer system calls than one by one.
     *
     * @param buffers what to write, each from its position to its limit; borrowed until this method returns
     * @param from the index of the first buffer to write
     * @param count the number of buffers to write
     * @throws IOException if the bytes cannot be written; the sink is of no use from then on
     */
    void write(ByteBuffer[] buffers, int from, int count) throws IOException;

    /**
     * Writes zero bytes.
     *
     * @param zeroBytes how many
     * @throws IOException if the bytes cannot be written; the sink is of no use from then on
     */
    void pad(int zeroBytes) throws IOException;

    /**
     * Returns how many bytes the sink has taken so far, written or not.
     *
     * @return the offset of the next byte from the start of the stream
     */
    long position();
}
