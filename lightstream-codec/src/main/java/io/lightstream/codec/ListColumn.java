package io.lightstream.codec;

import io.lightstream.codec.internal.ValueBounds;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Layout;

/** Lists of every kind, and maps: ranges of one child. */
final class ListColumn extends Column {
    private static final int OFFSETS = 1;
    private static final int SIZES = 2;

    private final Layout layout;
    private final int fixedSize;

    ListColumn(ColumnData data) {
        super(data);
        this.layout = data.field().layout();
        this.fixedSize = type() instanceof DataType.FixedSizeList fixed ? fixed.listSize() : 0;
    }

    @Override
    public long listStart(long row) {
        long element = data.offset() + checkRow(row);
        if (layout == Layout.FIXED_SIZE_LIST) {
            return element * fixedSize;
        }
        long start = integer(OFFSETS, element);
        checkedLength(row, element, start);
        return start;
    }

    @Override
    public long listLength(long row) {
        long element = data.offset() + checkRow(row);
        return layout == Layout.FIXED_SIZE_LIST ? fixedSize : checkedLength(row, element, integer(OFFSETS, element));
    }

    /** Length of the list that begins at {@code start}. */
    private long checkedLength(long row, long element, long start) {
        if (layout == Layout.LIST_VIEW || layout == Layout.LARGE_LIST_VIEW) {
            long size = integer(SIZES, element);
            ValueBounds.requireListView(data, row, start, size);
            return size;
        }
        long end = integer(OFFSETS, element + 1);
        ValueBounds.requireRange(data, row, start, end);
        return end - start;
    }

    private long integer(int buffer, long element) {
        return layout.hasLargeOffsets()
                ? NativeMemory.getLong(data.address(buffer) + element * Long.BYTES)
                : NativeMemory.getInt(data.address(buffer) + element * Integer.BYTES);
    }
}
