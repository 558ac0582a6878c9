package io.lightstream.codec;

import java.math.BigDecimal;

/**
 * A column whose values lie in another one: dictionary indices, run ends, unions. Getters by row give that other column's
 * value; a subclass says which column and which row of it.
 */
abstract sealed class EncodedColumn extends Column permits DictionaryColumn, RunEndColumn, UnionColumn {
    EncodedColumn(ColumnData data) {
        super(data);
    }

    @Override
    public abstract long valueIndex(long row);

    @Override
    public abstract Column valueColumn(long row);

    @Override
    public boolean isNull(long row) {
        checkRow(row);
        return !validAt(row) || valueColumn(row).isNull(valueIndex(row));
    }

    @Override
    public final boolean getBoolean(long row) {
        return valueColumn(row).getBoolean(valueIndex(row));
    }

    @Override
    public final int getInt(long row) {
        return valueColumn(row).getInt(valueIndex(row));
    }

    @Override
    public final long getLong(long row) {
        return valueColumn(row).getLong(valueIndex(row));
    }

    @Override
    public final float getFloat(long row) {
        return valueColumn(row).getFloat(valueIndex(row));
    }

    @Override
    public final double getDouble(long row) {
        return valueColumn(row).getDouble(valueIndex(row));
    }

    @Override
    public final BigDecimal getDecimal(long row) {
        return valueColumn(row).getDecimal(valueIndex(row));
    }

    @Override
    public final String getString(long row) {
        return valueColumn(row).getString(valueIndex(row));
    }

    @Override
    public final byte[] getBytes(long row) {
        return valueColumn(row).getBytes(valueIndex(row));
    }

    @Override
    public final int copyBytes(long row, byte[] target, int at) {
        return valueColumn(row).copyBytes(valueIndex(row), target, at);
    }

    @Override
    public final int byteLength(long row) {
        return valueColumn(row).byteLength(valueIndex(row));
    }

    @Override
    public final long listStart(long row) {
        return valueColumn(row).listStart(valueIndex(row));
    }

    @Override
    public final long listLength(long row) {
        return valueColumn(row).listLength(valueIndex(row));
    }
}
