package io.lightstream.codec;

/** All rows are null. */
final class NullColumn extends Column {
    NullColumn(ColumnData data) {
        super(data);
    }

    @Override
    public boolean isNull(long row) {
        checkRow(row);
        return true;
    }

    @Override
    long countNulls() {
        return length();
    }
}
