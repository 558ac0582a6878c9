package io.lightstream.codec.internal;

import io.lightstream.codec.ColumnData;
import io.lightstream.codec.memory.NativeMemory;

/**
 * The bytes of a text or binary column, or the elements of a list, that some of its rows take.
 *
 * @param start the first of them
 * @param end behind the last of them
 */
public record OffsetRange(long start, long end) {
    private static final int OFFSETS = 1;
    private static final OffsetRange NONE = new OffsetRange(0, 0);

    /**
     * The range of {@code count} rows from {@code row}: read once, and checked to be inside of what the offsets refer to. Only
     * where it begins and ends, not what lies between.
     *
     * @throws io.lightstream.codec.InvalidValueException where it is not
     */
    public static OffsetRange of(ColumnData data, long row, long count) {
        if (count == 0) {
            // A column without rows may have no offsets at all.
            return NONE;
        }
        long start = offset(data, data.offset() + row);
        long end = offset(data, data.offset() + row + count);
        // Errors name the row with the offset that is wrong: mostly the last.
        ValueBounds.requireRange(data, start < 0 ? row : row + count - 1, start, end);
        return new OffsetRange(start, end);
    }

    /** The offset of an element, as it is. */
    public static long offset(ColumnData data, long element) {
        return data.field().layout().hasLargeOffsets()
                ? NativeMemory.getLong(data.address(OFFSETS) + element * Long.BYTES)
                : NativeMemory.getInt(data.address(OFFSETS) + element * Integer.BYTES);
    }

    /** Bytes or elements. */
    public long length() {
        return end - start;
    }
}
