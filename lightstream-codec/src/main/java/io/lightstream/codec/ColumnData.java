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
    private static final long[] NO_BUFFERS = {};

    private final Field field;
    private final long length;
    private final long nullCount;
    private final long offset;
    private final long[] buffers;
    /** Where in {@link #buffers} the column's own begin, and how many there are. */
    private final int firstBuffer;

    private final int bufferCount;
    private final List<Column> children;
    private final @Nullable Column dictionary;
    private final BatchMemory memory;

    /**
     * @param length rows
     * @param nullCount nulls among them, or -1 where nobody counted
     * @param offset element of the buffers at which row 0 lies
     * @param buffers address and length of each buffer, alternating; kept, not copied
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
        this(field, length, nullCount, offset, buffers, 0, buffers.length / 2, children, dictionary, memory);
    }

    private ColumnData(
            Field field,
            long length,
            long nullCount,
            long offset,
            long[] buffers,
            int firstBuffer,
            int bufferCount,
            List<Column> children,
            @Nullable Column dictionary,
            BatchMemory memory) {
        this.field = field;
        this.length = length;
        this.nullCount = nullCount;
        this.offset = offset;
        this.buffers = bufferCount == 0 ? NO_BUFFERS : buffers;
        this.firstBuffer = bufferCount == 0 ? 0 : firstBuffer;
        this.bufferCount = bufferCount;
        this.children = children;
        this.dictionary = dictionary;
        this.memory = memory;
    }

    /**
     * A column whose buffers stand in one array with those of the other columns of its batch.
     *
     * @param buffers address and length of each buffer of the batch, alternating; kept, not copied
     * @param firstBuffer the column's first one
     * @param bufferCount how many it has
     */
    public static ColumnData within(
            long[] buffers,
            int firstBuffer,
            int bufferCount,
            Field field,
            long length,
            long nullCount,
            List<Column> children,
            @Nullable Column dictionary,
            BatchMemory memory) {
        return new ColumnData(
                field, length, nullCount, 0, buffers, firstBuffer, bufferCount, children, dictionary, memory);
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
        return nullCount;
    }

    /** Element of the buffers at which row 0 lies. */
    public long offset() {
        return offset;
    }

    /** Number of buffers, absent ones included. */
    public int bufferCount() {
        return bufferCount;
    }

    /** Address of the first byte of buffer {@code index}; meaningless where its length is 0. */
    public long address(int index) {
        return buffers[2 * (firstBuffer + Objects.checkIndex(index, bufferCount))];
    }

    /** Length of buffer {@code index} in bytes. */
    public long length(int index) {
        return buffers[2 * (firstBuffer + Objects.checkIndex(index, bufferCount)) + 1];
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
        return children;
    }

    /** Values of a dictionary-encoded column. */
    public Optional<Column> dictionary() {
        return Optional.ofNullable(dictionary);
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
            throw new IllegalArgumentException("a view spans at most 2 GiB: ask column '" + field.name()
                    + "' for parts of its " + length + " rows");
        }
        if (bytes > 0) {
            Objects.checkFromIndexSize(from * width, bytes, length(index));
        }
        return memory.view(address(index) + from * width, bytes, as);
    }

    /** The same buffers, {@code count} rows from {@code from}. */
    ColumnData slice(long from, long count) {
        Objects.checkFromIndexSize(from, count, length);
        long nulls = nullCount == 0 ? 0 : -1;
        return new ColumnData(
                field, count, nulls, offset + from, buffers, firstBuffer, bufferCount, children, dictionary, memory);
    }

    /** The same parts under another field of the same layout: another name or other metadata. */
    public ColumnData withField(Field newField) {
        return new ColumnData(
                newField, length, nullCount, offset, buffers, firstBuffer, bufferCount, children, dictionary, memory);
    }

    /** The same parts after their memory moved. */
    ColumnData movedBy(MemoryMove move) {
        BatchMemory target = move.target(memory);
        long[] moved = Arrays.copyOfRange(buffers, 2 * firstBuffer, 2 * (firstBuffer + bufferCount));
        for (int i = 0; i < moved.length; i += 2) {
            if (moved[i + 1] > 0) {
                moved[i] = move.translate(memory, moved[i]);
            }
        }
        List<Column> movedChildren =
                children.stream().map(c -> Column.of(c.data.movedBy(move))).toList();
        Column movedDictionary = dictionary == null ? null : Column.of(dictionary.data.movedBy(move));
        return new ColumnData(field, length, nullCount, offset, moved, movedChildren, movedDictionary, target);
    }
}
