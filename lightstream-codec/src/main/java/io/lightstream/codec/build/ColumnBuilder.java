package io.lightstream.codec.build;

import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.schema.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends the values of one column, or of a child of one. There is a subclass for each physical layout, with {@code append}
 * methods for what it holds; {@link #as} gets there.
 *
 * <p>Memory comes from the allocator of the {@link BatchBuilder}, to which every column builder belongs: it is finished and
 * closed with it, and not used afterwards. Where the allocator has no more, {@code append} throws Arrow's
 * {@code OutOfMemoryException}; where the type has no room for more, {@link ColumnOverflowException}. The builder that threw is as
 * before. What others have of the row already, the columns beside it, or the union whose child it is, takes back
 * {@link BatchBuilder#truncate}.
 *
 * <p>Not safe for use by several threads.
 */
public abstract sealed class ColumnBuilder
        permits NullBuilder,
                BoolBuilder,
                FixedWidthBuilder,
                BytesBuilder,
                ListBuilder,
                FixedSizeListBuilder,
                StructBuilder,
                UnionBuilder,
                RunEndBuilder,
                DictionaryBuilder {
    private final Field field;
    final Validity validity;

    /** Rows so far. */
    long length;

    ColumnBuilder(Field field, BuilderMemory memory) {
        this.field = field;
        this.validity = new Validity(memory);
    }

    /** Name and type. */
    public final Field field() {
        return field;
    }

    /** Rows so far. */
    public final long length() {
        return length;
    }

    /** Nulls so far, as the column's own bitmap will have them. */
    public long nullCount() {
        return validity.nullCount();
    }

    /**
     * Appends a null.
     *
     * @throws IllegalArgumentException where the field is declared not to hold nulls
     */
    public final void appendNull() {
        requireNullable();
        appendAbsent();
    }

    /**
     * Appends {@code count} nulls.
     *
     * @throws IllegalArgumentException where the field is declared not to hold nulls
     */
    public final void appendNulls(long count) {
        requireNullable();
        long before = length;
        try {
            appendAbsent(count);
        } catch (RuntimeException e) {
            truncate(before);
            throw e;
        }
    }

    private void requireNullable() {
        if (!field.nullable()) {
            throw new IllegalArgumentException("column '" + field.name() + "' is declared not to hold nulls");
        }
    }

    /**
     * Appends a value of a class that suits the type, or null: numbers; {@code String} and {@code byte[]}; {@code BigDecimal};
     * the classes of {@code java.time} or numbers for temporal types; {@link IntervalBuilder.MonthDayNano}; {@code List}s for
     * lists; {@code Map}s for maps and, by name, for structs, whose children without a key are null; {@link UnionBuilder.Tagged}
     * for unions. Convenient, not fast.
     *
     * @throws IllegalArgumentException where the value does not suit the type; the column is as before
     */
    public final void appendValue(@Nullable Object value) {
        long before = length;
        try {
            ValueAppender.append(this, value);
        } catch (RuntimeException e) {
            truncate(before);
            throw e;
        }
    }

    /** Makes room for {@code rows} more rows, so that appending them does not have to grow. For nested columns a hint without effect. */
    public void reserve(long rows) {}

    /**
     * This builder as what it is.
     *
     * @throws IllegalArgumentException where columns of this type are built by another class
     */
    public final <B extends ColumnBuilder> B as(Class<B> type) {
        if (!type.isInstance(this)) {
            throw new IllegalArgumentException("column '" + field + "' is built by a "
                    + getClass().getSimpleName() + ", not a " + type.getSimpleName());
        }
        return type.cast(this);
    }

    // ---- for containers

    /** Appends a null whatever the field declares: what lies under a null parent is never looked at. */
    abstract void appendAbsent();

    /** As {@link #appendAbsent()}, {@code count} times. */
    void appendAbsent(long count) {
        for (long i = 0; i < count; i++) {
            appendAbsent();
        }
    }

    /** Whether two rows hold the same value, nulls being equal. */
    abstract boolean sameValue(long a, long b);

    /** Equal for rows that hold the same value. */
    abstract int hashValue(long row);

    /** Takes back the rows from {@code newLength} on. */
    abstract void truncate(long newLength);

    /** @throws IllegalStateException where the rows of the children do not add up */
    void checkComplete() {}

    /** Gives up the buffers, and starts anew unless {@code to} shares. */
    abstract Handover.Part handOver(Handover to);

    /** Gives up all memory. */
    abstract void close();

    /** The finished column from its parts; see {@link ColumnData}. */
    final Handover.Part part(
            long nulls, long[] buffers, List<Handover.Part> children, Handover.@Nullable Part dictionary) {
        long rows = length;
        return memory -> Column.of(new ColumnData(
                field,
                rows,
                nulls,
                0,
                buffers,
                children.stream().map(child -> child.over(memory)).toList(),
                over(dictionary, memory),
                memory));
    }

    private static @Nullable Column over(Handover.@Nullable Part part, BatchMemory memory) {
        return part == null ? null : part.over(memory);
    }

    /** The finished column, after which this builder is empty. */
    final Handover.Part finished(long nulls, long[] buffers, List<Handover.Part> children, Handover to) {
        Handover.Part part = part(nulls, buffers, children, null);
        if (!to.shares()) {
            length = 0;
        }
        return part;
    }

    final IllegalStateException incomplete(String what) {
        return new IllegalStateException("column '" + field.name() + "': " + what);
    }

    @Override
    public final String toString() {
        return field + " [" + length + " rows]";
    }
}
