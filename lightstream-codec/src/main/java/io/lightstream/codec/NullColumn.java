package io.lightstream.codec;

/** All rows are null. */
final class NullColumn extends Column {
    NullColumn(ColumnData data) {
        // Whatever the producer counted.
        super(data, data.length());
    }

    @Override
    public boolean isNull(long row) {
        checkRow(row);
        return true;
    }

    @Override
    long wordWithoutBitmap(long first) {
        return 0;
    }
}
