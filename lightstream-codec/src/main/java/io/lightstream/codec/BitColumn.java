package io.lightstream.codec;

import io.lightstream.codec.internal.Bitmaps;

/** Booleans, one bit each. */
final class BitColumn extends Column {
    BitColumn(ColumnData data) {
        super(data);
    }

    @Override
    public boolean getBoolean(long row) {
        return Bitmaps.get(data.address(1), data.offset() + checkRow(row));
    }
}
