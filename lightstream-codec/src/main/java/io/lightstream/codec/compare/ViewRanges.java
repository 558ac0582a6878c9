package io.lightstream.codec.compare;

import static io.lightstream.codec.internal.ViewFormat.BUFFER_AT;
import static io.lightstream.codec.internal.ViewFormat.INLINE_AT;
import static io.lightstream.codec.internal.ViewFormat.INLINE_BYTES;
import static io.lightstream.codec.internal.ViewFormat.OFFSET_AT;
import static io.lightstream.codec.internal.ViewFormat.VIEW_BYTES;

import io.lightstream.codec.ColumnData;
import io.lightstream.codec.memory.NativeMemory;

/** Compares values behind views of 16 bytes (Columnar.rst, "Variable-size Binary View Layout"). */
final class ViewRanges {

    private static final int VIEWS = 1;
    private static final int FIRST_VARIADIC = 2;

    private ViewRanges() {}

    static boolean equal(ColumnData a, long elementA, ColumnData b, long elementB, long count) {
        long left = a.address(VIEWS) + elementA * VIEW_BYTES;
        long right = b.address(VIEWS) + elementB * VIEW_BYTES;
        for (long i = 0; i < count; i++, left += VIEW_BYTES, right += VIEW_BYTES) {
            int length = NativeMemory.getInt(left);
            if (length != NativeMemory.getInt(right)
                    || !MemoryRanges.equal(bytes(a, left, length), bytes(b, right, length), length)) {
                return false;
            }
        }
        return true;
    }

    private static long bytes(ColumnData data, long view, int length) {
        return length <= INLINE_BYTES
                ? view + INLINE_AT
                : data.address(FIRST_VARIADIC + NativeMemory.getInt(view + BUFFER_AT))
                        + NativeMemory.getInt(view + OFFSET_AT);
    }
}
