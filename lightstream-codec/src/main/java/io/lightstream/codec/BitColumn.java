package io.lightstream.codec;

import io.lightstream.codec.internal.Bitmaps;

/** Booleans, one bit each. */
final class BitColumn extends Column {
    private static final int VALUES = 1;

    BitColumn(ColumnData data) {
        super(data);
    }

    @Override
    public long valueWord(long index) {
        return word(data.address(VALUES), firstOfWord(index));
    }

    @Override
    public boolean getBoolean(long row) {
        return Bitmaps.get(data.address(VALUES), data.offset() + checkRow(row));
    }
}
