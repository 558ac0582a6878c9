package io.lightstream.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lightstream.codec.internal.ValueBounds;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.Layout;
import io.lightstream.codec.schema.TypeId;

/** Text and binary behind offsets of 32 or 64 bits. */
final class VariableColumn extends Column {
    private static final int OFFSETS = 1;
    private static final int BYTES = 2;

    private final boolean large;

    VariableColumn(ColumnData data) {
        super(data);
        this.large = data.field().layout() == Layout.LARGE_VARIABLE;
    }

    @Override
    public String getString(long row) {
        if (type().id() != TypeId.UTF8 && type().id() != TypeId.LARGE_UTF8) {
            throw mismatch("text");
        }
        return new String(getBytes(row), UTF_8);
    }

    @Override
    public byte[] getBytes(long row) {
        requireValid(checkRow(row));
        long start = offset(row);
        byte[] bytes = new byte[checkedLength(row, start, offset(row + 1))];
        NativeMemory.copyOut(data.address(BYTES) + start, bytes, 0, bytes.length);
        return bytes;
    }

    @Override
    public int copyBytes(long row, byte[] target, int at) {
        requireValid(checkRow(row));
        long start = offset(row);
        int length = checkedLength(row, start, offset(row + 1));
        NativeMemory.copyOut(data.address(BYTES) + start, target, at, length);
        return length;
    }

    @Override
    public int byteLength(long row) {
        requireValid(checkRow(row));
        return checkedLength(row, offset(row), offset(row + 1));
    }

    private int checkedLength(long row, long start, long end) {
        ValueBounds.requireRange(data, row, start, end);
        if (end - start > NativeMemory.LONGEST_VIEW) {
            throw new IllegalArgumentException("row " + row + " of column '" + name() + "' has " + (end - start)
                    + " bytes: too many for an array");
        }
        return (int) (end - start);
    }

    private long offset(long row) {
        long element = data.offset() + row;
        return large
                ? NativeMemory.getLong(data.address(OFFSETS) + element * Long.BYTES)
                : NativeMemory.getInt(data.address(OFFSETS) + element * Integer.BYTES);
    }
}
