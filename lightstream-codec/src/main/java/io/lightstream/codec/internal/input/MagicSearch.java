package io.lightstream.codec.internal.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Looks for the magic of Arrow files from the end of an input to its beginning: in chunks, and by steps of as many bytes as
 * the magic has wherever a byte does not occur in it (Horspool's algorithm, turned around).
 */
public final class MagicSearch {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int MAGIC_BYTES = FileTail.MAGIC.length;
    /** How far to go back from a place that begins with a byte. */
    private static final int[] STEPS = steps();

    private final PositionedInput input;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private long chunkStart;
    private int chunkLength;

    public MagicSearch(PositionedInput input) {
        this.input = input;
    }

    private static int[] steps() {
        int[] steps = new int[1 << Byte.SIZE];
        Arrays.fill(steps, MAGIC_BYTES);
        for (int i = MAGIC_BYTES - 1; i > 0; i--) {
            steps[FileTail.MAGIC[i]] = i;
        }
        return steps;
    }

    /** End of the last magic that ends at {@code end} or before; -1 where there is none. */
    public long endBefore(long end) throws IOException {
        long start = end - MAGIC_BYTES;
        while (start >= 0) {
            if (start < chunkStart || start + MAGIC_BYTES > chunkStart + chunkLength) {
                load(start + MAGIC_BYTES);
            }
            int found = search((int) (start - chunkStart));
            if (found >= 0) {
                return chunkStart + found + MAGIC_BYTES;
            }
            start = chunkStart + found;
        }
        return -1;
    }

    /** Index of the last magic that begins at {@code from} or before; where to go on if there is none, which is negative. */
    private int search(int from) {
        int at = from;
        while (at >= 0) {
            if (Arrays.equals(chunk, at, at + MAGIC_BYTES, FileTail.MAGIC, 0, MAGIC_BYTES)) {
                return at;
            }
            at -= STEPS[chunk[at] & 0xFF];
        }
        return at;
    }

    /** Reads the bytes before {@code end}. */
    private void load(long end) throws IOException {
        chunkStart = Math.max(0, end - CHUNK_BYTES);
        chunkLength = (int) (end - chunkStart);
        input.read(chunkStart, ByteBuffer.wrap(chunk, 0, chunkLength));
    }
}
