package io.lightstream.codec;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Values of one width: numbers, temporal values, decimals, byte strings. */
final class FixedColumn extends Column {
    private static final int DATA = 1;

    FixedColumn(ColumnData data) {
        super(data);
    }

    // Each getter looks at the type once, before the row is checked: behind that look at the memory it would be loaded
    // again.

    @Override
    public int getInt(long row) {
        DataType type = data.field().storageType();
        int width = type.byteWidth();
        if (width > Integer.BYTES || !holdsIntegers(type)) {
            throw mismatch("an int");
        }
        return (int) integer(data, type, width, checkRow(row));
    }

    @Override
    public long getLong(long row) {
        DataType type = data.field().storageType();
        int width = type.byteWidth();
        if (width > Long.BYTES || !holdsIntegers(type)) {
            throw mismatch("a long");
        }
        return integer(data, type, width, checkRow(row));
    }

    @Override
    public float getFloat(long row) {
        DataType type = data.field().storageType();
        int width = type.byteWidth();
        if (!(type instanceof DataType.FloatingPoint) || width > Float.BYTES) {
            throw mismatch("a float");
        }
        long at = at(checkRow(row), width);
        return width == Float.BYTES
                ? Float.intBitsToFloat(NativeMemory.getInt(at))
                : HalfFloats.toFloat(NativeMemory.getShort(at));
    }

    @Override
    public double getDouble(long row) {
        DataType type = data.field().storageType();
        if (!(type instanceof DataType.FloatingPoint number)) {
            throw mismatch("a double");
        }
        return number.bitWidth() == Double.SIZE
                ? Double.longBitsToDouble(NativeMemory.getLong(at(checkRow(row), Double.BYTES)))
                : getFloat(row);
    }

    @Override
    public BigDecimal getDecimal(long row) {
        if (!(data.field().storageType() instanceof DataType.Decimal decimal)) {
            throw mismatch("a decimal");
        }
        byte[] bigEndian = getBytes(row);
        for (int i = 0, j = bigEndian.length - 1; i < j; i++, j--) {
            byte swapped = bigEndian[i];
            bigEndian[i] = bigEndian[j];
            bigEndian[j] = swapped;
        }
        return new BigDecimal(new BigInteger(bigEndian), decimal.scale());
    }

    @Override
    public byte[] getBytes(long row) {
        requireValid(checkRow(row));
        byte[] bytes = new byte[byteWidth()];
        NativeMemory.copyOut(at(row, bytes.length), bytes, 0, bytes.length);
        return bytes;
    }

    @Override
    public int copyBytes(long row, byte[] target, int at) {
        requireValid(checkRow(row));
        int width = byteWidth();
        NativeMemory.copyOut(at(row, width), target, at, width);
        return width;
    }

    /** Integer of up to eight bytes: the value of a number, the index of a dictionary-encoded column; {@code row} is checked. */
    static long integer(ColumnData data, long row) {
        DataType type = data.field().storageType();
        return integer(data, type, type.byteWidth(), row);
    }

    private static long integer(ColumnData data, DataType type, int width, long row) {
        long at = data.address(DATA) + (data.offset() + row) * width;
        boolean signed = !(type instanceof DataType.Int number) || number.signed();
        return switch (width) {
            case 1 -> signed ? NativeMemory.getByte(at) : NativeMemory.getByte(at) & 0xFF;
            case 2 -> signed ? NativeMemory.getShort(at) : NativeMemory.getShort(at) & 0xFFFF;
            case 4 -> signed ? NativeMemory.getInt(at) : NativeMemory.getInt(at) & 0xFFFFFFFFL;
            case 8 -> NativeMemory.getLong(at);
            default -> throw new IllegalArgumentException(type + " is not an integer");
        };
    }

    /** Whether values are single integers, whatever they count; an interval of days and milliseconds is two in one. */
    static boolean holdsIntegers(DataType type) {
        return switch (type.id()) {
            case INT, DATE, TIME, TIMESTAMP, DURATION, DECIMAL -> true;
            case INTERVAL -> ((DataType.Interval) type).unit() == DataType.IntervalUnit.YEAR_MONTH;
            default -> false;
        };
    }

    private long at(long row, int width) {
        return data.address(DATA) + (data.offset() + row) * width;
    }
}
