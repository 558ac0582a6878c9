package io.lightstream.codec;

import io.lightstream.codec.build.ColumnValues;
import io.lightstream.codec.build.Columns;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Columns of equal length and one schema: a view of Arrow memory where it lies.
 *
 * <p>Ownership: a batch holds references to the memory it points into, and {@link #close()} gives them up. A batch from a
 * {@link BatchReader} is borrowed: the reader closes it at its next step. Slices, selections, batches made of columns and taken batches belong to the
 * caller, who closes them; the memory goes when the last batch that points into it is closed.
 *
 * <p>Columns are made when they are first asked for. Reading is safe from several threads once that has happened; making
 * columns and closing is for one thread.
 */
public final class RecordBatch implements AutoCloseable {
    private static final BatchMemory[] NONE = {};

    private final Schema schema;
    private final long rowCount;
    private final Map<String, String> metadata;
    private final BatchMemory memory;
    private final BatchMemory[] dictionaries;
    private final ColumnSource source;
    private final @Nullable Column[] columns;
    private boolean closed;

    /** Makes a column of a batch when it is first asked for. */
    @FunctionalInterface
    public interface ColumnSource {
        /** The column at {@code index} of the schema. */
        Column column(int index);
    }

    /**
     * A batch over decoded memory; for readers and bridges. Takes over one reference of {@code memory} and of each of the
     * {@code dictionaries}.
     *
     * @param metadata custom metadata of the message
     * @param memory keeps the columns' buffers alive
     * @param dictionaries keep the dictionaries' buffers alive, nested ones included
     * @param source asked at most once for each column
     */
    public RecordBatch(
            Schema schema,
            long rowCount,
            Map<String, String> metadata,
            BatchMemory memory,
            BatchMemory[] dictionaries,
            ColumnSource source) {
        this.schema = schema;
        this.rowCount = rowCount;
        this.metadata = metadata;
        this.memory = memory;
        this.dictionaries = dictionaries;
        this.source = source;
        this.columns = new @Nullable Column[schema.columnCount()];
    }

    /**
     * A batch of columns from wherever they come, other batches or one-line ones, without copying. The caller closes it. It keeps
     * what they point into: the batches that they come from may be closed, or be lent by a reader that goes on. To outlive the
     * reader itself it is {@linkplain #take taken}.
     *
     * <p>Fields may have other names, metadata and numbers of dictionaries than their columns. Give dictionaries that have nothing
     * to do with each other different numbers ({@link Field#withDictionary}): writers refuse such a batch otherwise.
     *
     * @throws IllegalArgumentException where a column does not suit its field, or columns differ in length
     * @throws IllegalStateException where the memory of a column was given up already
     */
    public static RecordBatch of(Schema schema, List<Column> columns) {
        long rows = columns.isEmpty() ? 0 : columns.get(0).length();
        return Recombination.batch(schema, rows, Map.of(), columns);
    }

    /** A batch of columns that share {@code memory}, of which it takes over one reference. */
    public static RecordBatch of(Schema schema, long rowCount, List<Column> columns, BatchMemory memory) {
        Recombination.requireColumns(schema, rowCount, columns);
        return new RecordBatch(schema, rowCount, Map.of(), memory, NONE, columns::get);
    }

    /**
     * A batch of values at hand: {@code RecordBatch.of(allocator, int32("id", 1, 2, 3), utf8("name", "a", null, "c"))}, with the
     * factories of {@link Columns} imported statically. The caller closes it.
     *
     * @throws IllegalArgumentException where a value does not suit the type of its column
     * @throws IllegalStateException where the columns have different numbers of values
     * @throws org.apache.arrow.memory.OutOfMemoryException over the allocator's limit; nothing is held then
     */
    public static RecordBatch of(BufferAllocator allocator, ColumnValues... columns) {
        return Columns.batch(allocator, columns);
    }

    /** As {@link #of(BufferAllocator, ColumnValues...)}, with the allocator of {@code memory}. */
    public static RecordBatch of(LightstreamMemory memory, ColumnValues... columns) {
        return Columns.batch(memory.allocator(), columns);
    }

    /** Schema of this batch. */
    public Schema schema() {
        return schema;
    }

    /** Number of rows. */
    public long rowCount() {
        return rowCount;
    }

    /** Number of columns. */
    public int columnCount() {
        return schema.columnCount();
    }

    /**
     * Custom metadata of the message that carried this batch; empty where there was none. Repeated keys and what is no text are
     * as in {@link Schema}.
     */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * Column {@code index}.
     *
     * @throws IllegalStateException after close
     */
    public Column column(int index) {
        checkOpen();
        Column column = columns[Objects.checkIndex(index, columns.length)];
        if (column == null) {
            column = source.column(index);
            columns[index] = column;
        }
        return column;
    }

    /**
     * The column called {@code name}.
     *
     * @throws IllegalArgumentException where no column, or more than one, has that name
     */
    public Column column(String name) {
        return column(schema.indexOf(name));
    }

    /** All columns. */
    public List<Column> columns() {
        List<Column> all = new ArrayList<>(columnCount());
        for (int i = 0; i < columnCount(); i++) {
            all.add(column(i));
        }
        return all;
    }

    /** Rows {@code from} to {@code from + count} without copying; the caller closes the slice. */
    public RecordBatch slice(long from, long count) {
        Objects.checkFromIndexSize(from, count, rowCount);
        return share(schema, count, index -> column(index).slice(from, count));
    }

    /** The columns at {@code indexes}, in that order, without copying; the caller closes the selection. */
    public RecordBatch select(int... indexes) {
        int[] chosen = indexes.clone();
        return share(schema.select(chosen), rowCount, index -> column(chosen[index]));
    }

    /**
     * The columns called {@code names}, in that order, without copying; the caller closes the selection.
     *
     * @throws IllegalArgumentException where no column, or more than one, has such a name
     */
    public RecordBatch select(String... names) {
        return select(Arrays.stream(names).mapToInt(schema::indexOf).toArray());
    }

    /**
     * This batch and {@code columns} behind it, or in the place of the column of the same name, without copying: {@code
     * batch.withColumns(total.column(0))}. The caller closes it; as with {@link #of(Schema, List)}, it keeps what they point into.
     *
     * @throws IllegalArgumentException where a column has more or fewer rows than this batch, or a name that several columns have
     * @throws IllegalStateException where the memory of a column was given up already
     */
    public RecordBatch withColumns(Column... columns) {
        return Recombination.added(this, columns);
    }

    /** This batch with other custom metadata, without copying; the caller closes it. */
    public RecordBatch withMetadata(Map<String, String> newMetadata) {
        List<Column> all = columns();
        retain();
        return new RecordBatch(schema, rowCount, Map.copyOf(newMetadata), memory, dictionaries, all::get);
    }

    /**
     * This batch as the caller's own: it outlives the reader, its bytes count against {@code allocator}, and the caller closes
     * it. Nothing is copied as long as {@code allocator} and the reader's allocator have one root; otherwise the bytes are.
     *
     * @throws org.apache.arrow.memory.OutOfMemoryException over the allocator's limit; nothing is held then
     */
    public RecordBatch take(BufferAllocator allocator) {
        List<Column> all = columns();
        MemoryMove move = new MemoryMove(allocator);
        try {
            List<Column> moved = new ArrayList<>(all.size());
            for (Column column : all) {
                moved.add(Column.of(column.data().movedBy(move)));
            }
            BatchMemory[] targets = move.targets().toArray(NONE);
            return new RecordBatch(schema, rowCount, metadata, BatchMemory.none(), targets, moved::get);
        } catch (RuntimeException | Error e) {
            move.undo();
            throw e;
        }
    }

    /** Whether every non-empty buffer of every column starts at a multiple of 64 bytes. */
    public boolean aligned() {
        return columns().stream().allMatch(Alignment::isAligned);
    }

    /** Whether {@link #close()} was called. */
    public boolean isClosed() {
        return closed;
    }

    /** Gives up the memory; idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            memory.release();
            for (BatchMemory dictionary : dictionaries) {
                dictionary.release();
            }
        }
    }

    private RecordBatch share(Schema newSchema, long newRowCount, ColumnSource newSource) {
        List<Column> made = new ArrayList<>(newSchema.columnCount());
        for (int i = 0; i < newSchema.columnCount(); i++) {
            made.add(newSource.column(i));
        }
        retain();
        return new RecordBatch(newSchema, newRowCount, metadata, memory, dictionaries, made::get);
    }

    private void retain() {
        checkOpen();
        memory.retain();
        for (BatchMemory dictionary : dictionaries) {
            dictionary.retain();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the record batch is closed");
        }
    }

    /** The first rows as an aligned table; the schema where the batch is closed. */
    @Override
    public String toString() {
        return closed ? "closed record batch of " + schema.names() : TextTable.of(this, TextTable.DEFAULT_ROWS);
    }
}
