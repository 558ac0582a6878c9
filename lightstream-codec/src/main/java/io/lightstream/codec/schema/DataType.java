package io.lightstream.codec.schema;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Logical type of a field, without its children: every type of the Arrow format (Schema.fbs) but tensors.
 *
 * <p>Constructors check the parameters that the format fixes and throw {@link IllegalArgumentException}. {@code toString}
 * gives the short name that the command line prints, such as {@code timestamp[us, UTC]}.
 */
public sealed interface DataType {
    /** Kind of this type. */
    TypeId id();

    /** Physical layout of arrays of this type. */
    default Layout layout() {
        return id().layout();
    }

    /** Bytes a value takes in the data buffer of a {@link Layout#FIXED} array; 0 for every other layout. */
    default int byteWidth() {
        return 0;
    }

    /** All values are null; no buffers. */
    record Null() implements DataType {
        @Override
        public TypeId id() {
            return TypeId.NULL;
        }

        @Override
        public String toString() {
            return "null";
        }
    }

    /** Booleans, one bit each. */
    record Bool() implements DataType {
        @Override
        public TypeId id() {
            return TypeId.BOOL;
        }

        @Override
        public String toString() {
            return "bool";
        }
    }

    /** Integers of 8, 16, 32 or 64 bits. */
    record Int(int bitWidth, boolean signed) implements DataType {
        public Int {
            require(bitWidth == 8 || bitWidth == 16 || bitWidth == 32 || bitWidth == 64, "integer bit width", bitWidth);
        }

        @Override
        public TypeId id() {
            return TypeId.INT;
        }

        @Override
        public int byteWidth() {
            return bitWidth / 8;
        }

        @Override
        public String toString() {
            return (signed ? "int" : "uint") + bitWidth;
        }
    }

    /** IEEE 754 numbers of 16, 32 or 64 bits. */
    record FloatingPoint(int bitWidth) implements DataType {
        public FloatingPoint {
            require(bitWidth == 16 || bitWidth == 32 || bitWidth == 64, "floating point bit width", bitWidth);
        }

        @Override
        public TypeId id() {
            return TypeId.FLOATING_POINT;
        }

        @Override
        public int byteWidth() {
            return bitWidth / 8;
        }

        @Override
        public String toString() {
            return "float" + bitWidth;
        }
    }

    /** Decimals: a two's complement integer of 32, 64, 128 or 256 bits times 10 to the power of {@code -scale}. */
    record Decimal(int precision, int scale, int bitWidth) implements DataType {
        public Decimal {
            require(
                    bitWidth == 32 || bitWidth == 64 || bitWidth == 128 || bitWidth == 256,
                    "decimal bit width",
                    bitWidth);
            require(precision >= 1 && precision <= maxPrecision(bitWidth), "decimal precision", precision);
        }

        /** Most digits that {@code bitWidth} bits hold. */
        public static int maxPrecision(int bitWidth) {
            return switch (bitWidth) {
                case 32 -> 9;
                case 64 -> 18;
                case 128 -> 38;
                default -> 76;
            };
        }

        @Override
        public TypeId id() {
            return TypeId.DECIMAL;
        }

        @Override
        public int byteWidth() {
            return bitWidth / 8;
        }

        @Override
        public String toString() {
            return "decimal" + bitWidth + "(" + precision + ", " + scale + ")";
        }
    }

    /** Dates since 1970-01-01: days in 32 bits or milliseconds in 64. */
    record Date(DateUnit unit) implements DataType {
        public Date {
            Objects.requireNonNull(unit, "unit");
        }

        @Override
        public TypeId id() {
            return TypeId.DATE;
        }

        @Override
        public int byteWidth() {
            return unit == DateUnit.DAY ? 4 : 8;
        }

        @Override
        public String toString() {
            return unit == DateUnit.DAY ? "date32[day]" : "date64[ms]";
        }
    }

    /** Resolution of a {@link Date}. */
    enum DateUnit {
        DAY,
        MILLISECOND
    }

    /** Times of day: seconds or milliseconds in 32 bits, microseconds or nanoseconds in 64. */
    record Time(TimeUnit unit, int bitWidth) implements DataType {
        public Time {
            boolean coarse = unit == TimeUnit.SECOND || unit == TimeUnit.MILLISECOND;
            require(bitWidth == (coarse ? 32 : 64), "bit width of time[" + unit.symbol() + "]", bitWidth);
        }

        @Override
        public TypeId id() {
            return TypeId.TIME;
        }

        @Override
        public int byteWidth() {
            return bitWidth / 8;
        }

        @Override
        public String toString() {
            return "time" + bitWidth + "[" + unit.symbol() + "]";
        }
    }

    /** Instants (with a zone) or local date-times (without) as 64-bit counts since 1970-01-01. */
    record Timestamp(TimeUnit unit, Optional<String> zone) implements DataType {
        public Timestamp {
            Objects.requireNonNull(unit, "unit");
            Objects.requireNonNull(zone, "zone");
        }

        @Override
        public TypeId id() {
            return TypeId.TIMESTAMP;
        }

        @Override
        public int byteWidth() {
            return 8;
        }

        @Override
        public String toString() {
            return "timestamp[" + unit.symbol() + zone.map(z -> ", " + z).orElse("") + "]";
        }
    }

    /** Elapsed times as 64-bit counts. */
    record Duration(TimeUnit unit) implements DataType {
        public Duration {
            Objects.requireNonNull(unit, "unit");
        }

        @Override
        public TypeId id() {
            return TypeId.DURATION;
        }

        @Override
        public int byteWidth() {
            return 8;
        }

        @Override
        public String toString() {
            return "duration[" + unit.symbol() + "]";
        }
    }

    /** Calendar intervals: months (32 bits), days and milliseconds (2 x 32), or months, days and nanoseconds (32, 32, 64). */
    record Interval(IntervalUnit unit) implements DataType {
        public Interval {
            Objects.requireNonNull(unit, "unit");
        }

        @Override
        public TypeId id() {
            return TypeId.INTERVAL;
        }

        @Override
        public int byteWidth() {
            return switch (unit) {
                case YEAR_MONTH -> 4;
                case DAY_TIME -> 8;
                case MONTH_DAY_NANO -> 16;
            };
        }

        @Override
        public String toString() {
            return "interval[" + unit.name().toLowerCase(Locale.ROOT) + "]";
        }
    }

    /** Parts of an {@link Interval}; the order is that of the Arrow format's {@code IntervalUnit}. */
    enum IntervalUnit {
        YEAR_MONTH,
        DAY_TIME,
        MONTH_DAY_NANO
    }

    /** UTF-8 text with 32-bit offsets. */
    record Utf8() implements DataType {
        @Override
        public TypeId id() {
            return TypeId.UTF8;
        }

        @Override
        public String toString() {
            return "utf8";
        }
    }

    /** UTF-8 text with 64-bit offsets. */
    record LargeUtf8() implements DataType {
        @Override
        public TypeId id() {
            return TypeId.LARGE_UTF8;
        }

        @Override
        public String toString() {
            return "large_utf8";
        }
    }

    /** UTF-8 text as views into any number of buffers. */
    record Utf8View() implements DataType {
        @Override
        public TypeId id() {
            return TypeId.UTF8_VIEW;
        }

        @Override
        public String toString() {
            return "utf8_view";
        }
    }

    /** Bytes with 32-bit offsets. */
    record Binary() implements DataType {
        @Override
        public TypeId id() {
            return TypeId.BINARY;
        }

        @Override
        public String toString() {
            return "binary";
        }
    }

    /** Bytes with 64-bit offsets. */
    record LargeBinary() implements DataType {
        @Override
        public TypeId id() {
            return TypeId.LARGE_BINARY;
        }

        @Override
        public String toString() {
            return "large_binary";
        }
    }

    /** Bytes as views into any number of buffers. */
    record BinaryView() implements DataType {
        @Override
        public TypeId id() {
            return TypeId.BINARY_VIEW;
        }

        @Override
        public String toString() {
            return "binary_view";
        }
    }

    /** Byte strings of one width. */
    record FixedSizeBinary(int width) implements DataType {
        public FixedSizeBinary {
            require(width >= 0, "fixed-size binary width", width);
        }

        @Override
        public TypeId id() {
            return TypeId.FIXED_SIZE_BINARY;
        }

        @Override
        public int byteWidth() {
            return width;
        }

        @Override
        public String toString() {
            return "fixed_size_binary[" + width + "]";
        }
    }

    /** Lists with 32-bit offsets; one child. */
    record ListType() implements DataType {
        @Override
        public TypeId id() {
            return TypeId.LIST;
        }

        @Override
        public String toString() {
            return "list";
        }
    }

    /** Lists with 64-bit offsets; one child. */
    record LargeList() implements DataType {
        @Override
        public TypeId id() {
            return TypeId.LARGE_LIST;
        }

        @Override
        public String toString() {
            return "large_list";
        }
    }

    /** Lists as 32-bit offset and size of each; one child. */
    record ListView() implements DataType {
        @Override
        public TypeId id() {
            return TypeId.LIST_VIEW;
        }

        @Override
        public String toString() {
            return "list_view";
        }
    }

    /** Lists as 64-bit offset and size of each; one child. */
    record LargeListView() implements DataType {
        @Override
        public TypeId id() {
            return TypeId.LARGE_LIST_VIEW;
        }

        @Override
        public String toString() {
            return "large_list_view";
        }
    }

    /** Lists of one length; one child. */
    record FixedSizeList(int listSize) implements DataType {
        public FixedSizeList {
            require(listSize >= 0, "fixed-size list size", listSize);
        }

        @Override
        public TypeId id() {
            return TypeId.FIXED_SIZE_LIST;
        }

        @Override
        public String toString() {
            return "fixed_size_list[" + listSize + "]";
        }
    }

    /** Records of named children. */
    record Struct() implements DataType {
        @Override
        public TypeId id() {
            return TypeId.STRUCT;
        }

        @Override
        public String toString() {
            return "struct";
        }
    }

    /** Lists of key and value: one child, a struct of two. */
    record MapType(boolean keysSorted) implements DataType {
        @Override
        public TypeId id() {
            return TypeId.MAP;
        }

        @Override
        public String toString() {
            return keysSorted ? "map[sorted]" : "map";
        }
    }

    /**
     * One of several children for each value.
     *
     * @param typeIds the type id of each child, 0 to 127 and no two the same, in the order of the children
     */
    record Union(UnionMode mode, List<Integer> typeIds) implements DataType {
        public Union {
            Objects.requireNonNull(mode, "mode");
            typeIds = List.copyOf(typeIds);
            BitSet seen = new BitSet();
            for (int id : typeIds) {
                require(id >= 0 && id <= 127, "union type id", id);
                if (seen.get(id)) {
                    throw new IllegalArgumentException(
                            "union type id " + id + ": expected one for each child, found it twice");
                }
                seen.set(id);
            }
        }

        @Override
        public TypeId id() {
            return TypeId.UNION;
        }

        @Override
        public Layout layout() {
            return mode == UnionMode.SPARSE ? Layout.SPARSE_UNION : Layout.DENSE_UNION;
        }

        @Override
        public String toString() {
            return mode.name().toLowerCase(Locale.ROOT) + "_union" + typeIds;
        }
    }

    /** Whether the children of a {@link Union} are all as long as the union. */
    enum UnionMode {
        SPARSE,
        DENSE
    }

    /** Runs of equal values: two children, the ends of the runs (int16, int32 or int64) and the values. */
    record RunEndEncoded() implements DataType {
        @Override
        public TypeId id() {
            return TypeId.RUN_END_ENCODED;
        }

        @Override
        public String toString() {
            return "run_end_encoded";
        }
    }

    private static void require(boolean holds, String what, int found) {
        if (!holds) {
            throw new IllegalArgumentException(what + " is not allowed to be " + found);
        }
    }
}
