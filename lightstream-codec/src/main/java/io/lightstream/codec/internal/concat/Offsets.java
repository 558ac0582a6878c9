package io.lightstream.codec.internal.concat;

import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.memory.NativeMemory;

/** Offsets of 32 or 64 bits in memory; rows count from a column's own first one. */
final class Offsets {
    private final long address;
    private final boolean large;
    private final long firstRow;
    private final long rows;

    /** Offsets from {@code address}, with no column around them. */
    Offsets(long address, boolean large) {
        this(address, large, 0, 0);
    }

    private Offsets(long address, boolean large, long firstRow, long rows) {
        this.address = address;
        this.large = large;
        this.firstRow = firstRow;
        this.rows = rows;
    }

    /** The offsets of a text, binary or list column. */
    static Offsets of(Column column) {
        ColumnData data = column.data();
        return new Offsets(data.address(1), data.field().layout().hasLargeOffsets(), data.offset(), data.length());
    }

    /** Where the first row's value starts; a column without rows may have no offsets at all. */
    long start() {
        return rows == 0 ? 0 : ofRow(0);
    }

    /** Where the last row's value ends. */
    long end() {
        return rows == 0 ? 0 : ofRow(rows);
    }

    long ofRow(long row) {
        return get(firstRow + row);
    }

    long get(long element) {
        return large
                ? NativeMemory.getLong(address + element * Long.BYTES)
                : NativeMemory.getInt(address + element * Integer.BYTES);
    }

    void put(long element, long offset) {
        if (large) {
            NativeMemory.putLong(address + element * Long.BYTES, offset);
        } else {
            NativeMemory.putInt(address + element * Integer.BYTES, Math.toIntExact(offset));
        }
    }
}
