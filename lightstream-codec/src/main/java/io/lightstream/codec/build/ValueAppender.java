package io.lightstream.codec.build;

import io.lightstream.codec.schema.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Appends objects: finds the {@code append} method that suits the column. */
final class ValueAppender {
    private ValueAppender() {}

    static void append(ColumnBuilder builder, @Nullable Object value) {
        if (value == null) {
            builder.appendNull();
        } else if (builder instanceof FixedWidthBuilder fixed) {
            appendFixed(fixed, value);
        } else if (builder instanceof BytesBuilder bytes) {
            appendBytes(bytes, value);
        } else if (builder instanceof BoolBuilder bools && value instanceof Boolean bool) {
            bools.append(bool);
        } else if (builder instanceof DictionaryBuilder dictionary) {
            dictionary.values().appendValue(value);
            dictionary.endValue();
        } else {
            appendNested(builder, value);
        }
    }

    private static void appendNested(ColumnBuilder builder, Object value) {
        if (builder instanceof ListBuilder list && value instanceof Map<?, ?> map) {
            appendEntries(list, map);
        } else if (builder instanceof ListBuilder list) {
            elements(builder, value).forEach(list.values()::appendValue);
            list.endList();
        } else if (builder instanceof FixedSizeListBuilder list) {
            elements(builder, value).forEach(list.values()::appendValue);
            list.endList();
        } else if (builder instanceof StructBuilder struct) {
            appendStruct(struct, value);
        } else if (builder instanceof UnionBuilder union && value instanceof UnionBuilder.Tagged tagged) {
            union.select(tagged.typeId()).appendValue(tagged.value());
        } else if (builder instanceof RunEndBuilder runs) {
            runs.values().appendValue(value);
            runs.endValue();
        } else {
            throw mismatch(builder, value);
        }
    }

    private static void appendFixed(FixedWidthBuilder builder, Object value) {
        if (builder instanceof LongBuilder longs) {
            longs.append(integer(builder, value));
        } else if (builder instanceof IntBuilder ints) {
            ints.append((int) integer(builder, value));
        } else if (builder instanceof ShortBuilder shorts) {
            shorts.append((int) integer(builder, value));
        } else if (builder instanceof ByteBuilder bytes) {
            bytes.append((int) integer(builder, value));
        } else if (builder instanceof DecimalBuilder decimals) {
            decimals.append(decimal(builder, value));
        } else if (builder instanceof FixedSizeBinaryBuilder binary && value instanceof byte[] bytes) {
            binary.append(bytes);
        } else if (builder instanceof IntervalBuilder intervals) {
            appendInterval(intervals, value);
        } else if (value instanceof Number number) {
            appendFloatingPoint(builder, number.doubleValue());
        } else {
            throw mismatch(builder, value);
        }
    }

    private static void appendFloatingPoint(FixedWidthBuilder builder, double value) {
        if (builder instanceof DoubleBuilder doubles) {
            doubles.append(value);
        } else if (builder instanceof FloatBuilder floats) {
            floats.append((float) value);
        } else if (builder instanceof HalfFloatBuilder halfs) {
            halfs.append((float) value);
        } else {
            throw mismatch(builder, value);
        }
    }

    private static void appendInterval(IntervalBuilder builder, Object value) {
        DataType.IntervalUnit unit = ((DataType.Interval) builder.field().type()).unit();
        IntervalBuilder.MonthDayNano parts = TemporalValues.interval(builder, value);
        switch (unit) {
            case YEAR_MONTH -> builder.append(parts.months());
            case DAY_TIME -> builder.append(parts.days(), TemporalValues.millis(builder, parts));
            case MONTH_DAY_NANO -> builder.append(parts.months(), parts.days(), parts.nanos());
        }
    }

    /** The value as the integer that the column stores, checked against the width of its type. */
    private static long integer(ColumnBuilder builder, Object value) {
        DataType type = builder.field().type();
        BigInteger exact =
                value instanceof Number number ? whole(builder, number) : TemporalValues.count(builder, value);
        int bits = type.byteWidth() * Byte.SIZE;
        boolean signed = !(type instanceof DataType.Int number) || number.signed();
        boolean fits = signed ? exact.bitLength() < bits : exact.signum() >= 0 && exact.bitLength() <= bits;
        if (!fits) {
            throw mismatch(builder, value);
        }
        return exact.longValue();
    }

    private static BigInteger whole(ColumnBuilder builder, Number value) {
        if (value instanceof BigInteger big) {
            return big;
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return BigInteger.valueOf(value.longValue());
        }
        throw mismatch(builder, value);
    }

    private static BigDecimal decimal(ColumnBuilder builder, Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof Number number) {
            return new BigDecimal(whole(builder, number));
        }
        throw mismatch(builder, value);
    }

    private static void appendBytes(BytesBuilder builder, Object value) {
        if (value instanceof byte[] bytes) {
            builder.append(bytes);
        } else if (value instanceof CharSequence text && isText(builder.field().type())) {
            builder.append(text);
        } else {
            throw mismatch(builder, value);
        }
    }

    private static boolean isText(DataType type) {
        return switch (type.id()) {
            case UTF8, LARGE_UTF8, UTF8_VIEW -> true;
            default -> false;
        };
    }

    private static Collection<?> elements(ColumnBuilder builder, Object value) {
        if (value instanceof Collection<?> collection) {
            return collection;
        }
        if (value instanceof Object[] array) {
            return Arrays.asList(array);
        }
        throw mismatch(builder, value);
    }

    private static void appendEntries(ListBuilder builder, Map<?, ?> map) {
        if (builder.field().type() instanceof DataType.MapType && builder.values() instanceof StructBuilder entries) {
            map.forEach((key, value) -> {
                entries.column(0).appendValue(key);
                entries.column(1).appendValue(value);
                entries.endStruct();
            });
            builder.endList();
        } else {
            throw mismatch(builder, map);
        }
    }

    private static void appendStruct(StructBuilder builder, Object value) {
        int children = builder.field().children().size();
        if (value instanceof Map<?, ?> map) {
            requireChildren(builder, map);
            for (int i = 0; i < children; i++) {
                builder.column(i)
                        .appendValue(map.get(builder.field().children().get(i).name()));
            }
        } else if (value instanceof List<?> list && list.size() == children) {
            for (int i = 0; i < children; i++) {
                builder.column(i).appendValue(list.get(i));
            }
        } else {
            throw mismatch(builder, value);
        }
        builder.endStruct();
    }

    /** A child without a key is null; a key without a child is a mistake, which would make the child that was meant null. */
    private static void requireChildren(StructBuilder builder, Map<?, ?> values) {
        for (Object key : values.keySet()) {
            if (!builder.childNames().contains(key)) {
                throw new IllegalArgumentException("value of column '"
                        + builder.field().name() + "': expected keys of " + builder.childNames() + ", found " + key);
            }
        }
    }

    static IllegalArgumentException mismatch(ColumnBuilder builder, Object value) {
        return new IllegalArgumentException(
                "value of column '" + builder.field().name() + "': expected one for "
                        + builder.field().type() + ", found " + value.getClass().getSimpleName() + " " + value);
    }
}
