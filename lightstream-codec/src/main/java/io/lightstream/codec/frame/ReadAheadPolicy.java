package io.lightstream.codec.frame;

/**
 * Decides how much to read into the chunk, where reading too little costs a system call and reading too much costs a
 * copy of payload bytes.
 *
 * <p>While payloads are large (<em>exact</em>, the beginning) nothing is read but what the decoder asked for, and behind
 * the end of a payload as many bytes as the next header probably has. After a streak of frames with little or no payload
 * (<em>bulk</em>) whole chunks are read, each with many frames. One large payload switches back.
 */
final class ReadAheadPolicy {
    /** From here on a copy costs more than a system call. */
    static final int LARGE_PAYLOAD_BYTES = 16 << 10;

    /** How many small frames in a row make a stream one of small frames. */
    static final int SMALL_FRAMES_BEFORE_BULK = 8;

    private static final int UNKNOWN = -1;

    private boolean bulk;
    private int smallFrames;
    private long payloadOfFrame;
    private int framesSincePayload;
    private long frameStart;
    private long payloadEnd;
    private long lastHeader = UNKNOWN;
    private long headerBefore = UNKNOWN;

    ReadAheadPolicy(long position) {
        frameStart = position;
    }

    /** A frame begins at this position; all before it is done with. */
    void frameStarts(long position) {
        frameStart = position;
        framesSincePayload++;
        if (payloadOfFrame < LARGE_PAYLOAD_BYTES && ++smallFrames >= SMALL_FRAMES_BEFORE_BULK) {
            bulk = true;
        }
        payloadOfFrame = 0;
    }

    /** The decoder has found that {@code bytes} of payload start at this position. */
    void payload(long position, long bytes) {
        // The bytes between two payloads are the header, with what closes the frame before. When whole frames without a
        // payload lie between, only the last one's bytes are certain to be there the next time.
        headerBefore = lastHeader;
        lastHeader = position - (framesSincePayload <= 1 && headerBefore != UNKNOWN ? payloadEnd : frameStart);
        framesSincePayload = 0;
        payloadEnd = position + bytes;
        addPayload(bytes);
    }

    /** The decoder wants these bytes discarded: not worth reading ahead if they are many. */
    void skipped(long position, long bytes) {
        if (bytes >= LARGE_PAYLOAD_BYTES) {
            payload(position, bytes);
        } else {
            addPayload(bytes);
        }
    }

    private void addPayload(long bytes) {
        payloadOfFrame += bytes;
        if (payloadOfFrame >= LARGE_PAYLOAD_BYTES) {
            bulk = false;
            smallFrames = 0;
        }
    }

    /** How much to read when the decoder lacks {@code missing} bytes. */
    int whenMissing(long missing, int chunkBytes) {
        return bulk ? chunkBytes : (int) Math.min(missing, chunkBytes);
    }

    /** How much to read behind the end of a payload. */
    int behindPayload(int chunkBytes) {
        if (bulk) {
            return chunkBytes;
        }
        // The smaller of the last two: where headers differ in turn, what is read too much would be payload.
        long expected = headerBefore == UNKNOWN ? lastHeader : Math.min(lastHeader, headerBefore);
        return (int) Math.max(0, Math.min(expected, chunkBytes));
    }
}
