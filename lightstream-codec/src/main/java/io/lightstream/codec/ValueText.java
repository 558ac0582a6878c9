package io.lightstream.codec;

import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.TypeId;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;

/** One value of any type as text for people to read: what tables show. Nested values are written around their parts. */
final class ValueText {
    private static final String NULL = "null";
    private static final String CUT = "…";
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    /** Beyond this many digits on one side of the point a decimal is written with an exponent: the scale comes from outside. */
    private static final int MAX_PLAIN_SCALE = 400;

    private final StringBuilder out = new StringBuilder();
    private final int limit;

    private ValueText(int limit) {
        this.limit = limit;
    }

    /** The whole value. */
    static String of(Column column, long row) {
        return of(column, row, NO_LIMIT);
    }

    /** The value; a nested or binary one ends with an ellipsis soon after {@code limit} characters. */
    static String of(Column column, long row, int limit) {
        ValueText text = new ValueText(limit);
        text.append(column, row);
        return text.out.toString();
    }

    private void append(Column column, long row) {
        if (column.isNull(row)) {
            out.append(NULL);
        } else if (column instanceof EncodedColumn encoded) {
            append(encoded.valueColumn(row), encoded.valueIndex(row));
        } else {
            appendValue(column, row);
        }
    }

    private void appendValue(Column column, long row) {
        DataType type = column.type();
        switch (type.id()) {
            case BOOL -> out.append(column.getBoolean(row));
            case INT -> out.append(integer((DataType.Int) type, column.getLong(row)));
            case FLOATING_POINT -> out.append(floatingPoint((DataType.FloatingPoint) type, column, row));
            case DECIMAL -> out.append(decimal(column.getDecimal(row)));
            case DATE, TIME, TIMESTAMP, DURATION, INTERVAL -> out.append(TemporalText.of(column, row));
            case UTF8, LARGE_UTF8, UTF8_VIEW -> out.append(column.getString(row));
            case BINARY, LARGE_BINARY, BINARY_VIEW, FIXED_SIZE_BINARY -> appendHex(column.getBytes(row));
            case LIST, LARGE_LIST, LIST_VIEW, LARGE_LIST_VIEW, FIXED_SIZE_LIST -> appendList(column, row);
            case MAP -> appendMap(column, row);
            case STRUCT -> appendStruct(column, row);
            case NULL, UNION, RUN_END_ENCODED -> throw new AssertionError(type + " holds no values of its own");
        }
    }

    private static String integer(DataType.Int type, long value) {
        return type.signed() ? Long.toString(value) : Long.toUnsignedString(value);
    }

    private static String floatingPoint(DataType.FloatingPoint type, Column column, long row) {
        return type.bitWidth() == Double.SIZE
                ? Double.toString(column.getDouble(row))
                : Float.toString(column.getFloat(row));
    }

    private static String decimal(BigDecimal value) {
        return Math.abs((long) value.scale()) <= MAX_PLAIN_SCALE ? value.toPlainString() : value.toString();
    }

    private void appendHex(byte[] bytes) {
        int shown = Math.min(bytes.length, limit / 2);
        out.append("0x");
        HexFormat.of().formatHex(out, bytes, 0, shown);
        if (shown < bytes.length) {
            out.append(CUT);
        }
    }

    private void appendList(Column column, long row) {
        Column elements = column.data().children().get(0);
        long start = column.listStart(row);
        long end = start + column.listLength(row);
        out.append('[');
        for (long i = start; i < end; i++) {
            if (separate(i == start)) {
                break;
            }
            append(elements, i);
        }
        out.append(']');
    }

    private void appendMap(Column column, long row) {
        Column entries = column.data().children().get(0);
        List<Column> keyAndValue = entries.data().children();
        long start = column.listStart(row);
        long end = start + column.listLength(row);
        out.append('{');
        for (long i = start; i < end; i++) {
            if (separate(i == start)) {
                break;
            }
            long entry = entries.data().offset() + i;
            append(keyAndValue.get(0), entry);
            out.append(": ");
            append(keyAndValue.get(1), entry);
        }
        out.append('}');
    }

    private void appendStruct(Column column, long row) {
        long element = column.data().offset() + row;
        boolean first = true;
        out.append('{');
        for (Column child : column.data().children()) {
            if (separate(first)) {
                break;
            }
            first = false;
            out.append(child.name()).append(": ");
            append(child, element);
        }
        out.append('}');
    }

    /** Writes what stands before a part of a nested value; says whether to stop there. */
    private boolean separate(boolean first) {
        if (!first) {
            out.append(", ");
        }
        boolean full = out.length() >= limit;
        if (full) {
            out.append(CUT);
        }
        return full;
    }

    /** Whether values of this type are numbers, which tables align at the right. */
    static boolean isNumber(DataType type) {
        return type.id() == TypeId.INT || type.id() == TypeId.FLOATING_POINT || type.id() == TypeId.DECIMAL;
    }
}
