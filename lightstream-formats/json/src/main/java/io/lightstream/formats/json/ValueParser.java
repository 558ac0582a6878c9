package io.lightstream.formats.json;

import io.lightstream.codec.HalfFloats;
import io.lightstream.codec.schema.DataType;
import java.io.IOException;
import java.math.BigInteger;

/** Reads one value of a fixed width: the current token, or the object that it begins. */
@FunctionalInterface
interface ValueParser {
    /**
     * Appends the value to {@code out}.
     *
     * @param what the value is, for errors
     */
    void parse(JsonInput input, NativeBuffer out, String what) throws IOException;

    /** Digits of the largest 256-bit integer, and its sign. */
    int MOST_DIGITS = 79;

    /** The parser of values of a type whose layout is fixed, byte strings excepted. */
    static ValueParser of(DataType type) {
        if (type instanceof DataType.Int integers) {
            return integers.signed() ? signed(integers.byteWidth()) : unsigned(integers.byteWidth());
        }
        if (type instanceof DataType.FloatingPoint floats) {
            return floatingPoint(floats.byteWidth());
        }
        if (type instanceof DataType.Decimal decimals) {
            return decimal(decimals.byteWidth());
        }
        if (type instanceof DataType.Interval intervals && intervals.unit() != DataType.IntervalUnit.YEAR_MONTH) {
            return intervals.unit() == DataType.IntervalUnit.DAY_TIME
                    ? ValueParser::dayTime
                    : ValueParser::monthDayNano;
        }
        return signed(type.byteWidth());
    }

    private static ValueParser signed(int width) {
        long most = Long.MAX_VALUE >>> (Long.SIZE - width * Byte.SIZE);
        return (input, out, what) -> out.putInteger(input.integer(what, -most - 1, most), width);
    }

    private static ValueParser unsigned(int width) {
        if (width == Long.BYTES) {
            return ValueParser::unsignedLong;
        }
        long most = -1L >>> (Long.SIZE - width * Byte.SIZE);
        return (input, out, what) -> out.putInteger(input.integer(what, 0, most), width);
    }

    private static void unsignedLong(JsonInput input, NativeBuffer out, String what) throws IOException {
        BigInteger value = input.bigInteger(what, MOST_DIGITS);
        if (value.signum() < 0 || value.bitLength() > Long.SIZE) {
            throw input.malformed(what, "a value of uint64", value);
        }
        out.putLong(value.longValue());
    }

    private static ValueParser floatingPoint(int width) {
        return switch (width) {
            case Short.BYTES -> (input, out, what) -> out.putShort(HalfFloats.fromFloat((float) input.number(what)));
            case Float.BYTES -> (input, out, what) -> out.putInt(Float.floatToRawIntBits((float) input.number(what)));
            default -> (input, out, what) -> out.putLong(Double.doubleToRawLongBits(input.number(what)));
        };
    }

    private static ValueParser decimal(int width) {
        byte[] littleEndian = new byte[width];
        return (input, out, what) -> {
            BigInteger value = input.bigInteger(what, MOST_DIGITS);
            if (value.bitLength() >= width * Byte.SIZE) {
                throw input.malformed(what, "an integer of " + width * Byte.SIZE + " bits", value);
            }
            byte[] bigEndian = value.toByteArray();
            byte sign = (byte) (value.signum() < 0 ? -1 : 0);
            for (int i = 0; i < width; i++) {
                littleEndian[i] = i < bigEndian.length ? bigEndian[bigEndian.length - 1 - i] : sign;
            }
            out.putBytes(littleEndian, width);
        };
    }

    private static void dayTime(JsonInput input, NativeBuffer out, String what) throws IOException {
        int days = 0;
        int milliseconds = 0;
        input.enterObject(what);
        while (input.nextKey()) {
            switch (input.key()) {
                case "days" -> days = input.smallInteger("days", Integer.MIN_VALUE, Integer.MAX_VALUE);
                case "milliseconds" ->
                    milliseconds = input.smallInteger("milliseconds", Integer.MIN_VALUE, Integer.MAX_VALUE);
                default -> throw input.malformed(what, "days and milliseconds", input.key());
            }
        }
        out.putInt(days);
        out.putInt(milliseconds);
    }

    private static void monthDayNano(JsonInput input, NativeBuffer out, String what) throws IOException {
        int months = 0;
        int days = 0;
        long nanoseconds = 0;
        input.enterObject(what);
        while (input.nextKey()) {
            switch (input.key()) {
                case "months" -> months = input.smallInteger("months", Integer.MIN_VALUE, Integer.MAX_VALUE);
                case "days" -> days = input.smallInteger("days", Integer.MIN_VALUE, Integer.MAX_VALUE);
                case "nanoseconds" -> nanoseconds = input.integer("nanoseconds", Long.MIN_VALUE, Long.MAX_VALUE);
                default -> throw input.malformed(what, "months, days and nanoseconds", input.key());
            }
        }
        out.putInt(months);
        out.putInt(days);
        out.putLong(nanoseconds);
    }
}
