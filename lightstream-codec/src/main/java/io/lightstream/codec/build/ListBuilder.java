package io.lightstream.codec.build;

import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Layout;
import java.util.List;
import java.util.Objects;

/**
 * Builds lists and list views, with offsets of 32 or 64 bits, and maps: append the elements to {@link #values()}, then close
 * the row with {@link #endList()}. The values of a map are structs of key and value.
 *
 * <pre>{@code
 * LongBuilder elements = list.values().as(LongBuilder.class);
 * elements.append(1);
 * elements.append(2);
 * list.endList();      // [1, 2]
 * list.endList();      // []
 * list.appendNull();   // null
 * }</pre>
 */
public final class ListBuilder extends ColumnBuilder {
    private static final int OFFSETS = 1;
    private static final int SIZES = 2;

    private final ColumnBuilder values;
    private final boolean views;
    private final OffsetBuffer offsets;
    private final OffsetBuffer sizes;

    /** Where the elements of the open row begin. */
    private long start;

    /** Whether views were appended that need not lie one behind the other. */
    private boolean shared;

    ListBuilder(Field field, BuilderMemory memory, ColumnBuilder values) {
        super(field, memory);
        Layout layout = field.type().layout();
        this.values = values;
        this.views = layout == Layout.LIST_VIEW || layout == Layout.LARGE_LIST_VIEW;
        this.offsets = new OffsetBuffer(memory, layout.hasLargeOffsets());
        this.sizes = new OffsetBuffer(memory, layout.hasLargeOffsets());
    }

    /** Builder of the elements of all rows. */
    public ColumnBuilder values() {
        return values;
    }

    /**
     * Appends a row with the elements that were appended to {@link #values()} since the row before.
     *
     * @throws ColumnOverflowException where the column holds no more elements; those of this row are taken back
     */
    public void endList() {
        long end = values.length;
        if (end > offsets.most()) {
            values.truncate(start);
            throw new ColumnOverflowException(field().name(), "elements of all rows", offsets.most());
        }
        room();
        if (views) {
            offsets.put(length, start);
            sizes.put(length, end - start);
        } else {
            offsets.put(length + 1, end);
        }
        start = end;
        length++;
    }

    /**
     * Appends a row of a list view over any elements there are, of which rows may share some.
     *
     * @throws IllegalArgumentException for other types
     * @throws IndexOutOfBoundsException where the elements do not exist
     */
    public void appendView(long from, long count) {
        if (!views) {
            throw new IllegalArgumentException(
                    "column '" + field().name() + "' is " + field().type() + ", not a list view");
        }
        Objects.checkFromIndexSize(from, count, values.length);
        room();
        offsets.put(length, from);
        sizes.put(length, count);
        start = values.length;
        shared = true;
        length++;
    }

    @Override
    public void reserve(long rows) {
        offsets.reserve(views ? length : length + 1, views ? length + rows : length + rows + 1);
        if (views) {
            sizes.reserve(length, length + rows);
        }
    }

    private void room() {
        reserve(1);
    }

    private long from(long row) {
        return offsets.get(row);
    }

    private long size(long row) {
        return views ? sizes.get(row) : offsets.get(row + 1) - offsets.get(row);
    }

    @Override
    void appendAbsent() {
        if (!shared) {
            requireClosed();
        }
        room();
        validity.markNull(length);
        if (views) {
            offsets.put(length, start);
            sizes.put(length, 0);
        } else {
            offsets.put(length + 1, start);
        }
        length++;
    }

    private void requireClosed() {
        if (values.length != start) {
            throw incomplete("elements after the last endList(): expected 0, found " + (values.length - start));
        }
    }

    @Override
    boolean sameValue(long a, long b) {
        if (validity.isNull(a) || validity.isNull(b)) {
            return validity.isNull(a) && validity.isNull(b);
        }
        long size = size(a);
        if (size != size(b)) {
            return false;
        }
        for (long i = 0; i < size; i++) {
            if (!values.sameValue(from(a) + i, from(b) + i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    int hashValue(long row) {
        if (validity.isNull(row)) {
            return 0;
        }
        long size = size(row);
        int hash = Long.hashCode(size);
        for (long i = 0; i < size; i++) {
            hash = NativeBytes.join(hash, values.hashValue(from(row) + i));
        }
        return hash;
    }

    @Override
    void truncate(long newLength) {
        if (shared) {
            start = endOfViews(newLength);
        } else if (newLength < length) {
            start = offsets.get(newLength);
        }
        values.truncate(start);
        validity.truncate(newLength, length);
        length = newLength;
    }

    /** A view may lie anywhere, but what the rows that go added to the values lies behind everything that the others use. */
    private long endOfViews(long rows) {
        long end = 0;
        for (long row = 0; row < rows; row++) {
            end = Math.max(end, from(row) + size(row));
        }
        return end;
    }

    @Override
    void checkComplete() {
        if (!shared) {
            requireClosed();
        }
        values.checkComplete();
    }

    @Override
    Handover.Part handOver(Handover to) {
        long[] buffers = new long[views ? 6 : 4];
        reserve(0);
        long nulls = validity.handOver(buffers, length, to);
        offsets.handOver(buffers, OFFSETS, views ? length : length + 1, to);
        if (views) {
            sizes.handOver(buffers, SIZES, length, to);
        }
        Handover.Part child = values.handOver(to);
        if (!to.shares()) {
            start = 0;
            shared = false;
        }
        return finished(nulls, buffers, List.of(child), to);
    }

    @Override
    void close() {
        validity.close();
        offsets.close();
        sizes.close();
        values.close();
        start = 0;
        shared = false;
        length = 0;
    }
}
