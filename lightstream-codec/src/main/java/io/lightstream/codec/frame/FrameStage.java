package io.lightstream.codec.frame;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where a {@link StagedFrame} puts its bytes, in order: into memory of the output's own, or by lending buffers of its own.
 * Of use only while {@link StagedFrame#writeTo} runs, by the thread that runs it.
 */
public interface FrameStage {
    /** Smaller buffers had better be copied, even those of a large frame: the system takes longer to look at each. */
    int LEAST_LENT_BYTES = 4 << 10;

    /** What {@link #room} gives at least, if asked for; no more may be asked for. */
    int MOST_ROOM_BYTES = 64;

    /**
     * Whether buffers of a frame are worth lending. Those of a small frame are not: each frame would cost a call of the
     * channel, which costs more than the copy.
     *
     * @param frameBytes the length of the whole frame
     */
    boolean lends(long frameBytes);

    /**
     * Memory for the next bytes. They count as written as far as the position is moved.
     *
     * @param bytes the least that is needed, at most {@link #MOST_ROOM_BYTES}
     * @return a direct little-endian buffer, to be filled from its position to at most its limit; valid until the next call
     * @throws IOException if what is there already has to be written first, and cannot be
     */
    ByteBuffer room(int bytes) throws IOException;

    /** The address in memory of the byte at the position of {@link #room}, for who fills it by address. */
    long address();

    /**
     * Writes a buffer as it lies.
     *
     * @param bytes a direct buffer, the output's own from now on; the memory behind it must stay as it is until the frame
     *     has been written
     * @throws IOException if bytes before it have to be written first, and cannot be
     */
    void lend(ByteBuffer bytes) throws IOException;
}
