package io.lightstream.codec.internal;

import static io.lightstream.codec.internal.ViewFormat.BUFFER_AT;
import static io.lightstream.codec.internal.ViewFormat.FIRST_DATA_BUFFER;
import static io.lightstream.codec.internal.ViewFormat.INLINE_AT;
import static io.lightstream.codec.internal.ViewFormat.INLINE_BYTES;
import static io.lightstream.codec.internal.ViewFormat.OFFSET_AT;

import io.lightstream.codec.ColumnData;
import io.lightstream.codec.InvalidValueException;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;

/**
 * Refuses values that lead outside of what they refer to. {@link io.lightstream.codec.Validation#STRUCTURE} looks at the
 * lengths of buffers, not at what stands in them, so whoever follows a value to an address asks here first.
 *
 * <p>Values are read once, by the caller, and used as they were checked: those of a mapped file may change at any time. Rows
 * are those of the column, for errors.
 */
public final class ValueBounds {
    private static final int BYTES = 2;

    private ValueBounds() {}

    // ---- offsets

    /** Offsets must be a range of the bytes of a text or binary column, or of the elements of a list. */
    public static void requireRange(ColumnData data, long row, long start, long end) {
        if (start < 0 || end < start || end > limit(data)) {
            throw wrong("offsets", row, data, rangeOf(data), start + ".." + end);
        }
    }

    /** Offset and size of a list view must be a range of its elements. */
    public static void requireListView(ColumnData data, long row, long start, long size) {
        if (!isListView(data, start, size)) {
            throw wrong("list view", row, data, rangeOf(data), start + "+" + size);
        }
    }

    /** Whether offset and size are a range of the elements of a list view. */
    public static boolean isListView(ColumnData data, long start, long size) {
        return start >= 0 && size >= 0 && start <= limit(data) - size;
    }

    /** What offsets may reach: the elements of a list, the bytes of a text. */
    private static long limit(ColumnData data) {
        return data.children().isEmpty()
                ? data.length(BYTES)
                : data.children().get(0).length();
    }

    private static String rangeOf(ColumnData data) {
        return "a range of " + limit(data) + (data.children().isEmpty() ? " bytes" : " elements");
    }

    // ---- views

    /** Where the bytes of a view at {@code address} lie, {@code length} being the length that was read there. */
    public static long viewBytes(ColumnData data, long row, long address, int length) {
        if (length >= 0 && length <= INLINE_BYTES) {
            return address + INLINE_AT;
        }
        int buffer = NativeMemory.getInt(address + BUFFER_AT);
        int offset = NativeMemory.getInt(address + OFFSET_AT);
        if (!isViewRange(data, length, buffer, offset)) {
            throw wrong(
                    "view",
                    row,
                    data,
                    "a range of one of " + (data.bufferCount() - FIRST_DATA_BUFFER) + " data buffers",
                    length + " bytes at " + offset + " of buffer " + buffer);
        }
        return data.address(FIRST_DATA_BUFFER + buffer) + offset;
    }

    /** Whether what a view that is not inline says is a range of one of the data buffers. */
    public static boolean isViewRange(ColumnData data, int length, int buffer, int offset) {
        return length >= 0
                && buffer >= 0
                && buffer < data.bufferCount() - FIRST_DATA_BUFFER
                && offset >= 0
                && (long) offset + length <= data.length(FIRST_DATA_BUFFER + buffer);
    }

    // ---- values in other columns

    /** An index into a dictionary must be that of one of its {@code size} values. */
    public static void requireIndex(ColumnData data, long row, long index, long size) {
        if (index < 0 || index >= size) {
            throw wrong("index", row, data, "below the " + size + " values of the dictionary", index);
        }
    }

    /** A dense union must say a row of the child that its type id names. */
    public static void requireChildRow(ColumnData data, long row, long index, long rows) {
        if (index < 0 || index >= rows) {
            throw wrong("offset", row, data, "below the " + rows + " rows of the child", index);
        }
    }

    /** For a type id that names no child. */
    public static InvalidValueException unknownTypeId(ColumnData data, long row, int typeId) {
        return wrong(
                "type id", row, data, "one of " + ((DataType.Union) data.field().type()).typeIds(), typeId);
    }

    /** Where run {@code run} of a run-end column ends, as a row of the column; must lie behind {@code row}, which it holds. */
    public static long runEnd(ColumnData data, long row, long run) {
        long runs = data.children().get(0).length();
        if (run < 0 || run >= runs) {
            throw wrong("run", row, data, "below the number of runs, " + runs, run);
        }
        long end = data.children().get(0).getLong(run);
        if (end <= data.offset() + row) {
            throw wrong("run end", row, data, "above " + (data.offset() + row), end);
        }
        return end - data.offset();
    }

    private static InvalidValueException wrong(String what, long row, ColumnData data, Object expected, Object found) {
        return new InvalidValueException(what, row, data.field().name(), expected, found);
    }
}
