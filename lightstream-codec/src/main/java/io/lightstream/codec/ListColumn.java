package io.lightstream.codec;

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
        return layout == Layout.FIXED_SIZE_LIST ? element * fixedSize : integer(OFFSETS, element);
    }

    @Override
    public long listLength(long row) {
        long element = data.offset() + checkRow(row);
        return switch (layout) {
            case FIXED_SIZE_LIST -> fixedSize;
            case LIST_VIEW, LARGE_LIST_VIEW -> integer(SIZES, element);
            default -> integer(OFFSETS, element + 1) - integer(OFFSETS, element);
        };
    }

    private long integer(int buffer, long element) {
        return layout.hasLargeOffsets()
                ? NativeMemory.getLong(data.address(buffer) + element * Long.BYTES)
                : NativeMemory.getInt(data.address(buffer) + element * Integer.BYTES);
    }
}
