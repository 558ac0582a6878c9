package io.lightstream.codec.internal.metadata;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The metadata of a record batch but for its numbers. The batches of a stream are laid out alike by whoever wrote them: metadata
 * that are the same as those of the message before, wherever no number stands, have their numbers in the same places, and need not
 * be verified once more. That costs a fraction of following every offset.
 */
final class BatchStructure {
    /** Metadata of no bytes are not the same as none. */
    private static final int NOTHING = -1;

    private ByteBuffer known = ByteBuffer.allocate(512);
    private int knownBytes = NOTHING;
    /** What lies between the numbers: beginning and end of each range, in their order. */
    private int[] fixedRanges = {};

    /** Whether these metadata differ from the remembered ones in their numbers at most. */
    boolean matches(ByteBuffer metadata) {
        int length = metadata.limit();
        if (length != knownBytes) {
            return false;
        }
        boolean same = true;
        for (int i = 0; same && i < fixedRanges.length; i += 2) {
            known.limit(fixedRanges[i + 1]).position(fixedRanges[i]);
            metadata.limit(fixedRanges[i + 1]).position(fixedRanges[i]);
            same = known.equals(metadata);
        }
        metadata.limit(length).position(0);
        return same;
    }

    /**
     * Remembers the metadata.
     *
     * @param verified metadata of a record batch
     * @param numbers where its numbers stand
     */
    void remember(ByteBuffer verified, BatchPositions numbers) {
        int length = verified.limit();
        if (known.capacity() < length) {
            known = ByteBuffer.allocate(length);
        }
        known.clear().put(0, verified, 0, length);
        knownBytes = length;
        fixedRanges = between(numbers.ranges(), length);
    }

    /** Remembers nothing. */
    void forget() {
        knownBytes = NOTHING;
    }

    /** The gaps between ranges, which may overlap in metadata that nobody has written in earnest. */
    private static int[] between(int[] ranges, int length) {
        long[] sorted = new long[ranges.length / 2];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = (long) ranges[2 * i] << Integer.SIZE | ranges[2 * i + 1];
        }
        Arrays.sort(sorted);
        int[] gaps = new int[ranges.length + 2];
        int count = 0;
        int end = 0;
        for (long range : sorted) {
            int start = (int) (range >>> Integer.SIZE);
            if (start > end) {
                gaps[count++] = end;
                gaps[count++] = start;
            }
            end = Math.max(end, (int) range);
        }
        gaps[count++] = end;
        gaps[count++] = length;
        return Arrays.copyOf(gaps, count);
    }
}
