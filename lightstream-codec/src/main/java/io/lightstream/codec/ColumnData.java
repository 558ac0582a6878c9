package io.lightstream.codec;

import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.BufferRole;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Layout;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.arrow.memory.ArrowBuf;
import org.jspecify.annotations.Nullable;

/**
 * Physical parts of one column: what Arrow calls array data.
 *
 * <p>Buffers are given as addresses and lengths in bytes, in the order of {@link Layout#buffers()}, the variadic buffers of a
 * view behind them; an absent buffer has length 0. Row 0 of the column is element {@link #offset()} of its buffers; for
 * structs and sparse unions the children are addressed with the same offset. Nothing here is validated: who makes one vouches
 * for the buffers being as long as the rows need, but not for what stands in them.
 *
 * <p>Immutable. Holds no reference of its own to the memory: the batch does.
 */
public final class ColumnData {
    // Batches of a thousand columns are not rare: what takes room here is kept small, and equal parts are shared.

    /** Stand in for the place of the null count. */
    private static final int NO_NULLS = -1;

    private static final int NOT_COUNTED = -2;

    private final Field field;
    private final long length;
    /** Address and length of buffers, alternating, and the null count: those of all columns where a batch made this one. */
    private final long[] numbers;

    /** Where in {@link #numbers} the null count stands, or one of the constants. */
    private final int nullCountAt;
    /** Which of the buffers in {@link #numbers} are the column's own. */
    private final int firstBuffer;

    private final int bufferCount;
    private final Extras extras;
    private final BatchMemory memory;

    /** What most columns have none of. */
    private record Extras(
            long offset, List<Column> children, @Nullable Column dictionary) {
        private static final Extras NONE = new Extras(0, List.of(), null);

        static Extras of(long offset, List<Column> children, @Nullable Column dictionary) {
            return offset == 0 && dictionary == null && children.isEmpty()
                    ? NONE
                    : new Extras(offset, children, dictionary);
        }
    }

    /**
     * @param length rows
     * @param nullCount nulls among them, or -1 where nobody counted
     * @param offset element of the buffers at which row 0 lies
     * @param buffers address and length of each buffer, alternating; the caller does not use it afterwards
     * @param dictionary values of a dictionary-encoded column
     * @param memory keeps the buffers alive
     */
    public ColumnData(
            Field field,
            long length,
            long nullCount,
            long offset,
            long[] buffers,
            List<Column> children,
            @Nullable Column dictionary,
            BatchMemory memory) {
        this(
                field,
                length,
                nullCount > 0 ? with(buffers, nullCount) : buffers,
                nullCount > 0 ? buffers.length : withoutCount(nullCount),
                0,
                buffers.length / 2,
                Extras.of(offset, children, dictionary),
                memory);
    }

    private ColumnData(
            Field field,
            long length,
            long[] numbers,
            int nullCountAt,
            int firstBuffer,
            int bufferCount,
            Extras extras,
            BatchMemory memory) {
        this.field = field;
        this.length = length;
        this.numbers = numbers;
        this.nullCountAt = nullCountAt;
        this.firstBuffer = firstBuffer;
        this.bufferCount = bufferCount;
        this.extras = extras;
        this.memory = memory;
    }

    private static int withoutCount(long nullCount) {
        return nullCount == 0 ? NO_NULLS : NOT_COUNTED;
    }

    private static long[] with(long[] buffers, long nullCount) {
        long[] numbers = Arrays.copyOf(buffers, buffers.length + 1);
        numbers[buffers.length] = nullCount;
        return numbers;
    }

    /**
     * A column whose buffers stand in one array with those of the other columns of its batch.
     *
     * @param numbers address and length of each buffer of the batch, alternating, and behind them the null count of each column;
     *     kept, not copied
     * @param firstBuffer the column's first one
     * @param bufferCount how many it has
     * @param nullCountAt index of the column's null count
     */
    public static ColumnData within(
            long[] numbers,
            int firstBuffer,
            int bufferCount,
            int nullCountAt,
            Field field,
            long length,
            List<Column> children,
            @Nullable Column dictionary,
            BatchMemory memory) {
        return new ColumnData(
                field,
                length,
                numbers,
                nullCountAt,
                firstBuffer,
                bufferCount,
                Extras.of(0, children, dictionary),
                memory);
    }

    public Field field() {
        return field;
    }

    /** Rows. */
    public long length() {
        return length;
    }

    /** Nulls according to the column's own bitmap, or -1 where nobody counted. */
    public long nullCount() {
        if (nullCountAt >= 0) {
            return numbers[nullCountAt];
        }
        return nullCountAt == NO_NULLS ? 0 : -1;
    }

    /** Element of the buffers at which row 0 lies. */
    public long offset() {
        return extras.offset();
    }

    /** Number of buffers, absent ones included. */
    public int bufferCount() {
        return bufferCount;
    }

    /** Address of the first byte of buffer {@code index}; meaningless where its length is 0. */
    public long address(int index) {
        return numbers[2 * (firstBuffer + Objects.checkIndex(index, bufferCount))];
    }

    /** Length of buffer {@code index} in bytes. */
    public long length(int index) {
        return numbers[2 * (firstBuffer + Objects.checkIndex(index, bufferCount)) + 1];
    }

    /** Index of the buffer with that role. */
    public int indexOf(BufferRole role) {
        int index = field.layout().buffers().indexOf(role);
        if (index < 0) {
            throw new IllegalArgumentException("column '" + field.name() + "' has no buffer of role " + role);
        }
        return index;
    }

    /** Children as they lie, not moved by {@link #offset()}. */
    public List<Column> children() {
        return extras.children();
    }

    /** Values of a dictionary-encoded column. */
    public Optional<Column> dictionary() {
        return Optional.ofNullable(extras.dictionary());
    }

    /** As {@link #dictionary()}, null where there is none: asked for each column of each batch. */
    @Nullable
    Column dictionaryOrNull() {
        return extras.dictionary();
    }

    /** What keeps the buffers alive. */
    public BatchMemory memory() {
        return memory;
    }

    /** Buffer {@code index} as an Arrow buffer with a reference of its own, which the caller releases. */
    public ArrowBuf retainedBuffer(int index) {
        return memory.slice(address(index), length(index));
    }

    /** Whether buffer {@code index} lies in a mapped file: it was not copied then, and cannot be written to. */
    public boolean isMapped(int index) {
        return length(index) > 0 && memory.isMapped(address(index));
    }

    /** View of {@code count} elements of {@code width} bytes from element {@code from} of a buffer. */
    <B extends Buffer> B view(BufferRole role, long from, long count, int width, Function<ByteBuffer, B> as) {
        memory.checkOpen();
        int index = indexOf(role);
        long bytes = Math.multiplyExact(count, width);
        if (bytes > NativeMemory.LONGEST_VIEW) {
            throw new IllegalArgumentException("a view spans at most 2 GiB, and this one would have " + bytes
                    + " bytes: ask for parts of column '" + field.name() + "', by their start and count");
        }
        if (bytes > 0) {
            Objects.checkFromIndexSize(from * width, bytes, length(index));
        }
        return memory.view(address(index) + from * width, bytes, as);
    }

    /** A getter or view was asked for that does not fit the type. */
    IllegalArgumentException mismatch(String wanted) {
        return new IllegalArgumentException("column '" + field.name() + "' is " + field.type() + ", not " + wanted);
    }

    /** The same buffers, {@code count} rows from {@code from}. */
    ColumnData slice(long from, long count) {
        Objects.checkFromIndexSize(from, count, length);
        return new ColumnData(
                field,
                count,
                numbers,
                withoutCount(nullCount()),
                firstBuffer,
                bufferCount,
                new Extras(extras.offset() + from, extras.children(), extras.dictionary()),
                memory);
    }

    /** The same parts under another field of the same layout: another name or other metadata. */
    public ColumnData withField(Field newField) {
        return new ColumnData(newField, length, numbers, nullCountAt, firstBuffer, bufferCount, extras, memory);
    }

    /** The same parts after their memory moved. */
    ColumnData movedBy(MemoryMove move) {
        BatchMemory target = move.target(memory);
        long[] moved = Arrays.copyOfRange(numbers, 2 * firstBuffer, 2 * (firstBuffer + bufferCount));
        for (int i = 0; i < moved.length; i += 2) {
            if (moved[i + 1] > 0) {
                moved[i] = move.translate(memory, moved[i]);
            }
        }
        List<Column> movedChildren = extras.children().stream()
                .map(c -> Column.of(c.data.movedBy(move)))
                .toList();
        Column values = extras.dictionary();
        Column movedDictionary = values == null ? null : Column.of(values.data.movedBy(move));
        return new ColumnData(field, length, nullCount(), offset(), moved, movedChildren, movedDictionary, target);
    }
}
