package io.lightstream.codec.build;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import io.lightstream.codec.schema.TimeUnit;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Columns from values that are at hand, for batches in one line; to be imported statically.
 *
 * <pre>{@code
 * RecordBatch batch = RecordBatch.of(memory, int32("id", 1, 2, 3), utf8("name", "a", null, "c"));
 * }</pre>
 *
 * <p>Factories that take objects allow nulls among them; those that take primitive arrays are the quick ones. All fields are
 * nullable, so that batches of one stream have one schema whether there is a null among their values or not; {@link #of} takes
 * any field. Arrays and lists are kept, not copied, until the batch is made. Where there is no array at all, because {@code null}
 * was given for the values and not among them, that is an {@link IllegalArgumentException}.
 */
public final class Columns {
    private Columns() {}

    /** Values of any type, as {@link ColumnBuilder#appendValue} takes them: for nested types, and whatever has no factory here. */
    public static ColumnValues of(Field field, List<? extends @Nullable Object> values) {
        List<? extends @Nullable Object> all = requireValues(field.name(), values);
        return new ColumnValues(field, builder -> all.forEach(builder::appendValue));
    }

    private static ColumnValues nullable(String name, DataType type, @Nullable Object[] values) {
        return of(Field.of(name, type), Arrays.asList(requireValues(name, values)));
    }

    /** Booleans. */
    public static ColumnValues bool(String name, @Nullable Boolean... values) {
        return nullable(name, new DataType.Bool(), values);
    }

    /** 8-bit integers. */
    public static ColumnValues int8(String name, @Nullable Number... values) {
        return nullable(name, new DataType.Int(8, true), values);
    }

    /** 16-bit integers. */
    public static ColumnValues int16(String name, @Nullable Number... values) {
        return nullable(name, new DataType.Int(16, true), values);
    }

    /** 32-bit integers. */
    public static ColumnValues int32(String name, @Nullable Number... values) {
        return nullable(name, new DataType.Int(32, true), values);
    }

    /** 32-bit integers without nulls. */
    public static ColumnValues int32(String name, int[] values) {
        return ints(name, new DataType.Int(32, true), values);
    }

    /** 64-bit integers. */
    public static ColumnValues int64(String name, @Nullable Number... values) {
        return nullable(name, new DataType.Int(64, true), values);
    }

    /** 64-bit integers without nulls. */
    public static ColumnValues int64(String name, long[] values) {
        return longs(name, new DataType.Int(64, true), values);
    }

    /** Unsigned 8-bit integers. */
    public static ColumnValues uint8(String name, @Nullable Number... values) {
        return nullable(name, new DataType.Int(8, false), values);
    }

    /** Unsigned 16-bit integers. */
    public static ColumnValues uint16(String name, @Nullable Number... values) {
        return nullable(name, new DataType.Int(16, false), values);
    }

    /** Unsigned 32-bit integers. */
    public static ColumnValues uint32(String name, @Nullable Number... values) {
        return nullable(name, new DataType.Int(32, false), values);
    }

    /** Unsigned 64-bit integers: {@code Long}s, or {@code BigInteger}s for those above 2^63. */
    public static ColumnValues uint64(String name, @Nullable Number... values) {
        return nullable(name, new DataType.Int(64, false), values);
    }

    /** 32-bit floating point numbers. */
    public static ColumnValues float32(String name, @Nullable Number... values) {
        return nullable(name, new DataType.FloatingPoint(32), values);
    }

    /** 32-bit floating point numbers without nulls. */
    public static ColumnValues float32(String name, float[] values) {
        requireValues(name, values);
        return primitives(
                name,
                new DataType.FloatingPoint(32),
                values.length,
                i -> values[i],
                builder -> builder.as(FloatBuilder.class).append(values, 0, values.length));
    }

    /** 64-bit floating point numbers. */
    public static ColumnValues float64(String name, @Nullable Number... values) {
        return nullable(name, new DataType.FloatingPoint(64), values);
    }

    /** 64-bit floating point numbers without nulls. */
    public static ColumnValues float64(String name, double[] values) {
        requireValues(name, values);
        return primitives(
                name,
                new DataType.FloatingPoint(64),
                values.length,
                i -> values[i],
                builder -> builder.as(DoubleBuilder.class).append(values, 0, values.length));
    }

    /** Decimals of 128 bits; no value may have more digits before or behind the point. */
    public static ColumnValues decimal128(String name, int precision, int scale, @Nullable BigDecimal... values) {
        return nullable(name, new DataType.Decimal(precision, scale, 128), values);
    }

    /** Text. */
    public static ColumnValues utf8(String name, @Nullable String... values) {
        return nullable(name, new DataType.Utf8(), values);
    }

    /** Text as views. */
    public static ColumnValues utf8View(String name, @Nullable String... values) {
        return nullable(name, new DataType.Utf8View(), values);
    }

    /** Bytes. */
    public static ColumnValues binary(String name, byte[] @Nullable ... values) {
        return nullable(name, new DataType.Binary(), values);
    }

    /** Days: {@code LocalDate}s, or {@code Integer}s since 1970-01-01. */
    public static ColumnValues date32(String name, @Nullable Object... values) {
        return nullable(name, new DataType.Date(DataType.DateUnit.DAY), values);
    }

    /** Days without nulls, counted from 1970-01-01. */
    public static ColumnValues date32(String name, int[] values) {
        return ints(name, new DataType.Date(DataType.DateUnit.DAY), values);
    }

    /** Instants, shown in {@code zone}: {@code Instant}s, or {@code Long}s since 1970-01-01 UTC. */
    public static ColumnValues timestamp(String name, TimeUnit unit, String zone, @Nullable Object... values) {
        return nullable(name, new DataType.Timestamp(unit, Optional.of(zone)), values);
    }

    /** Instants without nulls, counted from 1970-01-01 UTC, shown in {@code zone}. */
    public static ColumnValues timestamp(String name, TimeUnit unit, String zone, long[] values) {
        return longs(name, new DataType.Timestamp(unit, Optional.of(zone)), values);
    }

    /** Dates and times without a zone: {@code LocalDateTime}s, or {@code Long}s since 1970-01-01. */
    public static ColumnValues localTimestamp(String name, TimeUnit unit, @Nullable Object... values) {
        return nullable(name, new DataType.Timestamp(unit, Optional.empty()), values);
    }

    /** Dates and times without a zone and without nulls, counted from 1970-01-01. */
    public static ColumnValues localTimestamp(String name, TimeUnit unit, long[] values) {
        return longs(name, new DataType.Timestamp(unit, Optional.empty()), values);
    }

    /** Elapsed times: {@code Duration}s, or {@code Long}s. */
    public static ColumnValues duration(String name, TimeUnit unit, @Nullable Object... values) {
        return nullable(name, new DataType.Duration(unit), values);
    }

    /** Elapsed times without nulls. */
    public static ColumnValues duration(String name, TimeUnit unit, long[] values) {
        return longs(name, new DataType.Duration(unit), values);
    }

    /** Lists of {@code elements}, each value a {@code List}. */
    public static ColumnValues list(String name, DataType elements, @Nullable List<?>... values) {
        return of(
                Field.of(name, new DataType.ListType(), Field.of("item", elements)),
                Arrays.asList(requireValues(name, values)));
    }

    /** Structs of {@code children}, each value a {@code Map} by name or a {@code List} by position. */
    public static ColumnValues struct(String name, List<Field> children, @Nullable Object... values) {
        return of(
                Field.of(name, new DataType.Struct(), children.toArray(Field[]::new)),
                Arrays.asList(requireValues(name, values)));
    }

    /**
     * Text or other values as 32-bit indices into a dictionary of their own: {@code dictionary(utf8("city", "Bern", "Bern"))}.
     */
    public static ColumnValues dictionary(ColumnValues values) {
        return values.encoded();
    }

    private static ColumnValues ints(String name, DataType type, int[] values) {
        requireValues(name, values);
        return primitives(
                name,
                type,
                values.length,
                i -> values[i],
                builder -> builder.as(IntBuilder.class).append(values, 0, values.length));
    }

    private static ColumnValues longs(String name, DataType type, long[] values) {
        requireValues(name, values);
        return primitives(
                name,
                type,
                values.length,
                i -> values[i],
                builder -> builder.as(LongBuilder.class).append(values, 0, values.length));
    }

    /** Values without nulls, all at once unless they are to be looked up in a dictionary. */
    private static ColumnValues primitives(
            String name, DataType type, int count, IntFunction<Object> boxed, ColumnValues.Filler allAtOnce) {
        return new ColumnValues(Field.of(name, type), builder -> {
            if (builder instanceof DictionaryBuilder) {
                for (int i = 0; i < count; i++) {
                    builder.appendValue(boxed.apply(i));
                }
            } else {
                allAtOnce.fill(builder);
            }
        });
    }

    /** Whoever calls a factory with {@code null} means one null, mostly; but to Java that is the array of all values. */
    private static <T> T requireValues(String name, @Nullable T values) {
        if (values == null) {
            throw new IllegalArgumentException("values of column '" + name
                    + "': expected an array or list, found null; a single null is given with a cast: (String) null");
        }
        return values;
    }

    /**
     * The batch of {@code columns}; see {@link RecordBatch#of(BufferAllocator, ColumnValues...)}.
     *
     * @throws IllegalArgumentException where a value does not suit the type of its column
     * @throws IllegalStateException where the columns have different numbers of values
     */
    public static RecordBatch batch(BufferAllocator allocator, ColumnValues... columns) {
        Schema schema = Schema.of(DictionaryIds.assign(columns));
        try (BatchBuilder builder = BatchBuilder.create(schema, allocator)) {
            for (int i = 0; i < columns.length; i++) {
                columns[i].fill(builder.column(i));
            }
            return builder.finish();
        }
    }
}
