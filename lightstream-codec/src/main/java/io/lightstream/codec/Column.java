package io.lightstream.codec;

import io.lightstream.codec.internal.Bitmaps;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One column of a record batch, or a child of one: a view of Arrow array data (Columnar.rst) where it lies.
 *
 * <p>Two ways to the values. Per row: {@code getX(row)}, checked against the length; the value of a null row is whatever lies
 * there for numbers, and {@link IllegalStateException} for text, bytes and decimals. A value that leads outside of the column,
 * which only columns read with {@link Validation#STRUCTURE} have, is an {@link InvalidValueException}. In bulk: typed NIO views over the
 * column's own bytes ({@link #longs()}, {@link #doubles()}, …) without any copy, and {@code copyTo}. A getter that does not fit
 * the type throws {@link IllegalArgumentException}, and so does a view whose elements would not be the column's values: there are
 * no {@link #longs()} of float64.
 *
 * <p>Lifetime: a column lives as long as its batch; afterwards its methods throw {@link IllegalStateException}. A NIO view has
 * no such guard: do not use it after the batch is closed. One over a
 * mapped file ({@link ColumnData#isMapped}) refuses writes and fails cleanly after the file was unmapped.
 *
 * <p>Safe for reading from several threads as long as the batch stays open.
 */
public abstract sealed class Column
        permits NullColumn,
                BitColumn,
                FixedColumn,
                VariableColumn,
                ViewColumn,
                ListColumn,
                StructColumn,
                EncodedColumn {
    private static final long NOT_COUNTED = -1;

    final ColumnData data;
    private long nullCount;

    Column(ColumnData data) {
        this(data, data.nullCount());
    }

    /** @param counted nulls, or {@link #NOT_COUNTED} */
    Column(ColumnData data, long counted) {
        this.data = data;
        // Whatever was counted, nothing is null without a bitmap that says so.
        boolean allValid = counted == 0 || (data.field().layout().hasValidity() && data.length(0) == 0);
        this.nullCount = allValid ? 0 : counted;
    }

    /** The column over {@code data}, of the class that its layout asks for. Takes no reference to the memory. */
    public static Column of(ColumnData data) {
        return switch (data.field().layout()) {
            case NULL -> new NullColumn(data);
            case BIT -> new BitColumn(data);
            case FIXED -> data.dictionaryOrNull() != null ? new DictionaryColumn(data) : new FixedColumn(data);
            case VARIABLE, LARGE_VARIABLE -> new VariableColumn(data);
            case VIEW -> new ViewColumn(data);
            case LIST, LARGE_LIST, LIST_VIEW, LARGE_LIST_VIEW, FIXED_SIZE_LIST -> new ListColumn(data);
            case STRUCT -> new StructColumn(data);
            case SPARSE_UNION, DENSE_UNION -> new UnionColumn(data);
            case RUN_END_ENCODED -> new RunEndColumn(data);
        };
    }

    // ---- what it is

    /** Name, type, nullability, metadata. */
    public final Field field() {
        return data.field();
    }

    /** Name of the field. */
    public final String name() {
        return data.field().name();
    }

    /** Logical type of the values. */
    public final DataType type() {
        return data.field().type();
    }

    /** Number of rows. */
    public final long length() {
        return data.length();
    }

    /** Number of null rows as this column's own bitmap has them; counted on first use where the producer did not say. */
    public final long nullCount() {
        if (nullCount == NOT_COUNTED) {
            nullCount = countNulls();
        }
        return nullCount;
    }

    /** The physical parts, for readers, writers and bridges. */
    public final ColumnData data() {
        return data;
    }

    /**
     * Rows {@code from} to {@code from + count} of this column, without copying and as long-lived as this one.
     *
     * @throws IndexOutOfBoundsException where they are not all inside
     */
    public final Column slice(long from, long count) {
        return from == 0 && count == length() ? this : of(data.slice(from, count));
    }

    // ---- nulls

    /** Whether the row is null. Looks through dictionaries, unions and run ends: it is the logical value that counts. */
    public boolean isNull(long row) {
        return !validAt(checkRow(row));
    }

    /**
     * Validity of rows {@code 64 * index} to {@code 64 * index + 63}, one bit each, lowest first; bits past the end are 0.
     * From the column's own bitmap, which is not looked at where the producer counted no nulls: so this and {@link #isNull} agree.
     * For dictionary, run-end and union columns that is not yet the logical value.
     */
    public final long validityWord(long index) {
        long first = firstOfWord(index);
        return nullCount != 0 && hasBitmap() ? word(data.address(0), first) : wordWithoutBitmap(first);
    }

    /** Validity of the word of rows that begins with {@code first} where no bitmap says more. */
    long wordWithoutBitmap(long first) {
        return maskOfWord(first);
    }

    /** First row of word {@code index}. */
    final long firstOfWord(long index) {
        checkOpen();
        return Objects.checkIndex(index, Math.max((length() + Long.SIZE - 1) >>> 6, 1)) * Long.SIZE;
    }

    /** The bits of the bitmap at {@code address} for the word of rows that begins with {@code first}. */
    final long word(long address, long first) {
        long rows = Math.min(Long.SIZE, length() - first);
        return rows == 0 ? 0 : Bitmaps.word(address, data.offset() + first, rows) & maskOfWord(first);
    }

    private long maskOfWord(long first) {
        long rows = Math.min(Long.SIZE, length() - first);
        return rows == Long.SIZE ? -1L : (1L << rows) - 1;
    }

    // ---- values by row

    /** A boolean. */
    public boolean getBoolean(long row) {
        throw mismatch("a boolean");
    }

    /** An integer or temporal value of up to 32 bits, sign- or zero-extended. */
    public int getInt(long row) {
        throw mismatch("an int");
    }

    /** An integer or temporal value of up to 64 bits, sign- or zero-extended (uint64: the bits as they are). */
    public long getLong(long row) {
        throw mismatch("a long");
    }

    /** A float16 or float32 value. */
    public float getFloat(long row) {
        throw mismatch("a float");
    }

    /** A floating point value. */
    public double getDouble(long row) {
        throw mismatch("a double");
    }

    /** A decimal with the scale of its type. */
    public BigDecimal getDecimal(long row) {
        throw mismatch("a decimal");
    }

    /** Text. */
    public String getString(long row) {
        throw mismatch("text");
    }

    /**
     * A copy of the bytes of a text, binary or fixed-width value, as they lie.
     *
     * @throws IllegalArgumentException where there are more than an array can hold
     */
    public byte[] getBytes(long row) {
        throw mismatch("bytes");
    }

    /**
     * Copies the bytes that {@link #getBytes} gives to an array, from index {@code at}: text row by row without an object for each.
     *
     * @return how many they were
     * @throws IndexOutOfBoundsException where the array has no room for them; nothing was copied then
     */
    public int copyBytes(long row, byte[] target, int at) {
        throw mismatch("bytes");
    }

    /** How many bytes {@link #getBytes} copies of a text or binary value, without copying them. */
    public int byteLength(long row) {
        throw mismatch("text or binary");
    }

    // ---- values in bulk

    /**
     * Values of rows {@code 64 * index} to {@code 64 * index + 63} of a boolean column, one bit each, lowest first; bits past the
     * end are 0, those of null rows whatever lies there.
     */
    public long valueWord(long index) {
        throw mismatch("a boolean");
    }

    // Each view also comes by parts of the rows, because no NIO buffer spans more than 2 GiB.

    /** View of all values of an 8-bit integer type, or of 8-bit dictionary indices. */
    public final ByteBuffer bytes() {
        return bytes(0, length());
    }

    /** As {@link #bytes()}, {@code count} values from row {@code from}. */
    public final ByteBuffer bytes(long from, long count) {
        return ColumnViews.bytes(data, from, count);
    }

    /** View of all values of a 16-bit integer type, of 16-bit dictionary indices, or of the bits of float16. */
    public final ShortBuffer shorts() {
        return shorts(0, length());
    }

    /** As {@link #shorts()}, {@code count} values from row {@code from}. */
    public final ShortBuffer shorts(long from, long count) {
        return ColumnViews.shorts(data, from, count);
    }

    /** View of all values of a 32-bit integer, temporal or decimal type, or of 32-bit dictionary indices. */
    public final IntBuffer ints() {
        return ints(0, length());
    }

    /** As {@link #ints()}, {@code count} values from row {@code from}. */
    public final IntBuffer ints(long from, long count) {
        return ColumnViews.ints(data, from, count);
    }

    /** View of all values of a 64-bit integer, temporal or decimal type, or of 64-bit dictionary indices. */
    public final LongBuffer longs() {
        return longs(0, length());
    }

    /** As {@link #longs()}, {@code count} values from row {@code from}. */
    public final LongBuffer longs(long from, long count) {
        return ColumnViews.longs(data, from, count);
    }

    /** View of all values of a float32 column. */
    public final FloatBuffer floats() {
        return floats(0, length());
    }

    /** As {@link #floats()}, {@code count} values from row {@code from}. */
    public final FloatBuffer floats(long from, long count) {
        return ColumnViews.floats(data, from, count);
    }

    /** View of all values of a float64 column. */
    public final DoubleBuffer doubles() {
        return doubles(0, length());
    }

    /** As {@link #doubles()}, {@code count} values from row {@code from}. */
    public final DoubleBuffer doubles(long from, long count) {
        return ColumnViews.doubles(data, from, count);
    }

    /**
     * Little-endian view of the bytes of {@code count} values from row {@code from} of any fixed-width type: decimals, intervals
     * and fixed-size binary, and numbers where their bits are wanted and not their values.
     */
    public final ByteBuffer values(long from, long count) {
        return ColumnViews.values(data, from, count);
    }

    /** Copies {@code count} of the values of {@link #bytes()} from row {@code from} to the array from index {@code at}. */
    public final void copyTo(long from, byte[] target, int at, int count) {
        bytes(from, count).get(target, at, count);
    }

    /** Copies {@code count} of the values of {@link #shorts()} from row {@code from} to the array from index {@code at}. */
    public final void copyTo(long from, short[] target, int at, int count) {
        shorts(from, count).get(target, at, count);
    }

    /** Copies {@code count} of the values of {@link #ints()} from row {@code from} to the array from index {@code at}. */
    public final void copyTo(long from, int[] target, int at, int count) {
        ints(from, count).get(target, at, count);
    }

    /** Copies {@code count} of the values of {@link #longs()} from row {@code from} to the array from index {@code at}. */
    public final void copyTo(long from, long[] target, int at, int count) {
        longs(from, count).get(target, at, count);
    }

    /** Copies {@code count} of the values of {@link #floats()} from row {@code from} to the array from index {@code at}. */
    public final void copyTo(long from, float[] target, int at, int count) {
        floats(from, count).get(target, at, count);
    }

    /** Copies {@code count} of the values of {@link #doubles()} from row {@code from} to the array from index {@code at}. */
    public final void copyTo(long from, double[] target, int at, int count) {
        doubles(from, count).get(target, at, count);
    }

    /** View of the {@code length() + 1} offsets of a text, binary, list or map column with 32-bit offsets. */
    public final IntBuffer offsets() {
        return offsets(0, length());
    }

    /** View of the {@code count + 1} offsets between which the values of {@code count} rows from {@code from} lie. */
    public final IntBuffer offsets(long from, long count) {
        return ColumnViews.offsets(data, from, count);
    }

    /** View of the {@code length() + 1} offsets of a text, binary or list column with 64-bit offsets. */
    public final LongBuffer largeOffsets() {
        return largeOffsets(0, length());
    }

    /** View of the {@code count + 1} offsets between which the values of {@code count} rows from {@code from} lie. */
    public final LongBuffer largeOffsets(long from, long count) {
        return ColumnViews.largeOffsets(data, from, count);
    }

    /**
     * View of the bytes in which the values of a text or binary column lie, one behind the other: row {@code i} has those from
     * {@code offsets().get(i)} to {@code offsets().get(i + 1)}, in slices too. Of columns of views there is none: {@link #copyBytes}
     * reads all.
     */
    public final ByteBuffer valueBytes() {
        return ColumnViews.valueBytes(data);
    }

    /** As {@link #valueBytes()}, {@code count} bytes from byte {@code from}. */
    public final ByteBuffer valueBytes(long from, long count) {
        return ColumnViews.valueBytes(data, from, count);
    }

    // ---- nested columns

    /** Children: of a struct or sparse union with the rows of this column, of other types as they lie. */
    public List<Column> children() {
        return data.children();
    }

    /** Child {@code index} of {@link #children()}. */
    public final Column child(int index) {
        return children().get(index);
    }

    /**
     * The child called {@code name}.
     *
     * @throws IllegalArgumentException where no child, or more than one, has that name
     */
    public final Column child(String name) {
        int found = -1;
        List<Field> fields = data.field().children();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                if (found >= 0) {
                    throw new IllegalArgumentException(
                            "several children of column '" + name() + "' are called '" + name + "': use the index");
                }
                found = i;
            }
        }
        if (found < 0) {
            throw new IllegalArgumentException("column '" + name() + "' has no child '" + name + "'");
        }
        return child(found);
    }

    /** Where the elements of a list or map begin in its child. */
    public long listStart(long row) {
        throw mismatch("a list");
    }

    /** How many elements a list or map has. */
    public long listLength(long row) {
        throw mismatch("a list");
    }

    /** Type id of a union's value. */
    public int typeId(long row) {
        throw mismatch("a union");
    }

    /** Where a value lies: the index into the dictionary, the row of a union's child, or the run of a run-end column. */
    public long valueIndex(long row) {
        throw mismatch("an index");
    }

    /** The dictionary of a dictionary-encoded column, the values of a run-end column, the child that holds a union's value. */
    public Column valueColumn(long row) {
        throw mismatch("encoded");
    }

    /** Dictionary of a dictionary-encoded column. */
    public final Optional<Column> dictionary() {
        return data.dictionary();
    }

    /** The value as text, as the table and the command line show it; {@code null} for a null. */
    public final String text(long row) {
        return ValueText.of(this, row);
    }

    // ---- for the subclasses

    final long checkRow(long row) {
        checkOpen();
        return Objects.checkIndex(row, length());
    }

    final void checkOpen() {
        data.memory().checkOpen();
    }

    final void requireValid(long row) {
        if (!validAt(row)) {
            throw new IllegalStateException("row " + row + " of column '" + name() + "' is null: ask isNull first");
        }
    }

    final boolean hasBitmap() {
        return data.field().layout().hasValidity() && data.length(0) > 0;
    }

    /** Validity from the column's own bitmap; {@code row} is checked. */
    final boolean validAt(long row) {
        return nullCount == 0 || !hasBitmap() || Bitmaps.get(data.address(0), data.offset() + row);
    }

    private long countNulls() {
        checkOpen();
        return hasBitmap() ? length() - Bitmaps.count(data.address(0), data.offset(), length()) : 0;
    }

    final IllegalArgumentException mismatch(String wanted) {
        return data.mismatch(wanted);
    }

    final int byteWidth() {
        return data.field().storageType().byteWidth();
    }

    /** Name, type and number of rows; the values are in {@link RecordBatch#toString()}. */
    @Override
    public final String toString() {
        return data.field() + " [" + length() + " rows]";
    }
}
