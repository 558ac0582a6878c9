package io.lightstream.codec;

import io.lightstream.codec.internal.ValueBounds;
import java.util.List;
import java.util.Objects;

/** Indices into a dictionary; getters by row give the dictionary's values, bulk views the indices. */
final class DictionaryColumn extends EncodedColumn {
    DictionaryColumn(ColumnData data) {
        super(data);
    }

    @Override
    public long valueIndex(long row) {
        requireValid(checkRow(row));
        long index = FixedColumn.integer(data, row);
        ValueBounds.requireIndex(data, row, index, values().length());
        return index;
    }

    @Override
    public Column valueColumn(long row) {
        return values();
    }

    @Override
    public List<Column> children() {
        return values().children();
    }

    private Column values() {
        return Objects.requireNonNull(data.dictionaryOrNull());
    }
}
