package io.lightstream.codec.compare;

import static io.lightstream.codec.internal.ViewFormat.VIEWS;
import static io.lightstream.codec.internal.ViewFormat.VIEW_BYTES;

import io.lightstream.codec.ColumnData;
import io.lightstream.codec.internal.ValueBounds;
import io.lightstream.codec.memory.NativeMemory;

/** Compares values behind views of 16 bytes (Columnar.rst, "Variable-size Binary View Layout"). */
final class ViewRanges {
    private ViewRanges() {}

    static boolean equal(ColumnData a, long fromA, ColumnData b, long fromB, long count) {
        long left = a.address(VIEWS) + (a.offset() + fromA) * VIEW_BYTES;
        long right = b.address(VIEWS) + (b.offset() + fromB) * VIEW_BYTES;
        for (long i = 0; i < count; i++, left += VIEW_BYTES, right += VIEW_BYTES) {
            int length = NativeMemory.getInt(left);
            if (length != NativeMemory.getInt(right)
                    || !MemoryRanges.equal(
                            ValueBounds.viewBytes(a, fromA + i, left, length),
                            ValueBounds.viewBytes(b, fromB + i, right, length),
                            length)) {
                return false;
            }
        }
        return true;
    }
}
