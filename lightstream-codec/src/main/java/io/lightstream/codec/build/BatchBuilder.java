package io.lightstream.codec.build;

import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Schema;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Builds record batches of one schema, column by column, one batch after the other.
 *
 * <pre>{@code
 * try (var builder = BatchBuilder.create(schema, memory)) {
 *     LongBuilder ids = builder.longs("id");
 *     BytesBuilder names = builder.bytes("name");
 *     ids.append(1);
 *     names.append("a");
 *     ids.append(2);
 *     names.appendNull();
 *     try (RecordBatch batch = builder.finish()) { ... }
 * }
 * }</pre>
 *
 * <p>Memory comes from the allocator that the caller made and closes: after this builder and all batches built. A finished
 * batch belongs to the caller and lives independently of the builder. Column builders stay the same from batch to batch.
 *
 * <p>Not safe for use by several threads.
 */
public final class BatchBuilder implements ColumnBuilders, AutoCloseable {
    private final Schema schema;
    private final BuilderMemory memory;
    private final ColumnBuilderFactory factory;
    private final List<ColumnBuilder> columns;

    private BatchBuilder(Schema schema, BufferAllocator allocator) {
        this.schema = schema;
        this.memory = new BuilderMemory(allocator);
        this.factory = new ColumnBuilderFactory(memory);
        this.columns = schema.fields().stream().map(factory::create).toList();
    }

    /**
     * A builder of batches of {@code schema}; takes no memory yet.
     *
     * @throws IllegalArgumentException where fields share a dictionary id but not the type of its values
     */
    public static BatchBuilder create(Schema schema, BufferAllocator allocator) {
        return new BatchBuilder(schema, allocator);
    }

    /** As {@link #create(Schema, BufferAllocator)}, with the allocator of {@code memory}. */
    public static BatchBuilder create(Schema schema, LightstreamMemory memory) {
        return new BatchBuilder(schema, memory.allocator());
    }

    /** Schema of the batches. */
    public Schema schema() {
        return schema;
    }

    @Override
    public ColumnBuilder column(int index) {
        return columns.get(index);
    }

    @Override
    public ColumnBuilder column(String name) {
        return columns.get(schema.indexOf(name));
    }

    /**
     * Appends one row of a value for each column, as {@link ColumnBuilder#appendValue} takes them. Convenient, not fast.
     *
     * @throws IllegalArgumentException where a value does not suit its column, or their number the schema; nothing is appended
     */
    public void appendRow(@Nullable Object @Nullable ... values) {
        if (values == null) {
            throw new IllegalArgumentException("values of a row: expected an array of " + columns.size()
                    + ", found null; a row of a single null is new Object[] {null}");
        }
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(
                    "values of a row: expected " + columns.size() + ", found " + values.length);
        }
        long before = rowCount();
        try {
            for (int i = 0; i < values.length; i++) {
                columns.get(i).appendValue(values[i]);
            }
        } catch (RuntimeException e) {
            truncate(before);
            throw e;
        }
    }

    /**
     * Takes back everything from row {@code rows} on, in every column, with what was begun of a nested row: after an error in the
     * middle of a row the columns are of one length again. What rows added to dictionaries stays there.
     *
     * <pre>{@code
     * long row = builder.rowCount();
     * try {
     *     ids.append(id);
     *     names.append(name);
     * } catch (ColumnOverflowException e) {
     *     builder.truncate(row);
     *     try (RecordBatch full = builder.finish()) { ... } // then append the row again
     * }
     * }</pre>
     *
     * @throws IllegalArgumentException where {@code rows} is negative, or a column has fewer; nothing has changed then
     */
    public void truncate(long rows) {
        for (ColumnBuilder column : columns) {
            if (rows < 0 || rows > column.length()) {
                throw new IllegalArgumentException("rows to keep of column '"
                        + column.field().name() + "': expected 0.." + column.length() + ", found " + rows);
            }
        }
        columns.forEach(column -> column.truncate(rows));
    }

    /** Makes room for {@code rows} more rows in every column whose width is known. */
    public void reserve(long rows) {
        columns.forEach(column -> column.reserve(rows));
    }

    /**
     * Rows appended so far.
     *
     * @throws IllegalStateException where the columns have different numbers of rows, naming the first that differs
     */
    public long rowCount() {
        long rows = columns.isEmpty() ? 0 : columns.get(0).length();
        for (ColumnBuilder column : columns) {
            if (column.length() != rows) {
                throw new IllegalStateException(
                        "rows of column '" + column.field().name() + "': expected " + rows + " as in column '"
                                + schema.field(0).name() + "', found " + column.length());
            }
        }
        return rows;
    }

    /**
     * The rows appended as a batch, which the caller closes; its buffers are those that were written, not copies. The builder
     * is empty afterwards, but for the dictionaries.
     *
     * @throws IllegalStateException where columns have different numbers of rows, or a nested row is not closed; nothing has
     *     changed then
     * @throws org.apache.arrow.memory.OutOfMemoryException over the allocator's limit; the rows are lost then
     */
    public RecordBatch finish() {
        memory.checkOpen();
        long rows = rowCount();
        columns.forEach(ColumnBuilder::checkComplete);
        Handover handover = new Handover();
        try {
            List<Handover.Part> parts =
                    columns.stream().map(column -> column.handOver(handover)).toList();
            BatchMemory batchMemory = handover.memory();
            List<Column> finished =
                    parts.stream().map(part -> part.over(batchMemory)).toList();
            return RecordBatch.of(schema, rows, finished, batchMemory);
        } catch (RuntimeException e) {
            handover.close();
            clear();
            throw e;
        }
    }

    /** Forgets everything appended since the last batch, and the dictionaries, and gives up the memory. */
    public void clear() {
        columns.forEach(ColumnBuilder::close);
    }

    /**
     * Starts new dictionaries. Only between batches.
     *
     * @throws IllegalStateException where rows that refer to them have been appended
     */
    public void resetDictionaries() {
        if (rowCount() > 0) {
            throw new IllegalStateException(
                    "dictionaries can be reset between batches only: there are " + rowCount() + " rows");
        }
        factory.dictionaries().forEach(Dictionary::close);
    }

    /** Gives up the memory of everything not finished; idempotent. Afterwards appending throws {@link IllegalStateException}. */
    @Override
    public void close() {
        memory.close();
        clear();
    }
}
