package io.lightstream.codec.internal.body;

import io.lightstream.codec.memory.NativeMemory;
import java.util.Arrays;

/** Where the pieces of a staging buffer are copied to when it is filled. */
final class StagedPieces {
    private static final int PIECE_LONGS = 3;

    /** Offset in the staging buffer, address and length of each piece. */
    private long[] pieces = new long[16 * PIECE_LONGS];

    private int end;

    void clear() {
        end = 0;
    }

    void add(long offset, long address, long bytes) {
        if (end == pieces.length) {
            pieces = Arrays.copyOf(pieces, 2 * pieces.length);
        }
        pieces[end] = offset;
        pieces[end + 1] = address;
        pieces[end + 2] = bytes;
        end += PIECE_LONGS;
    }

    /** Copies all pieces out of the staging buffer at {@code staging}. */
    void copyFrom(long staging) {
        for (int i = 0; i < end; i += PIECE_LONGS) {
            NativeMemory.copy(staging + pieces[i], pieces[i + 1], pieces[i + 2]);
        }
    }
}
