package io.lightstream.codec;

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
        return FixedColumn.integer(data, row);
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
