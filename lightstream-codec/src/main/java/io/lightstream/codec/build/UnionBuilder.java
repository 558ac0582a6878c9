package io.lightstream.codec.build;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType.Union;
import io.lightstream.codec.schema.DataType.UnionMode;
import io.lightstream.codec.schema.Field;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds sparse and dense unions: {@link #select} begins a row and returns the child to which its one value is appended.
 *
 * <p>A union has no nulls of its own: {@link #appendNull()} appends one to the first child.
 */
public final class UnionBuilder extends ColumnBuilder {
    private static final int TYPE_IDS = 0;
    private static final int OFFSETS = 1;

    private final List<ColumnBuilder> children;
    private final List<Integer> typeIds;
    private final boolean sparse;
    private final GrowableBuffer ids;
    private final OffsetBuffer offsets;

    /** How many rows each child has when the open row is complete. */
    private final long[] expected;

    /**
     * A value with the type id of its child, for {@link ColumnBuilder#appendValue}.
     *
     * @param value null for a null of that child
     */
    public record Tagged(int typeId, @Nullable Object value) {}

    UnionBuilder(Field field, BuilderMemory memory, List<ColumnBuilder> children) {
        super(field, memory);
        Union type = (Union) field.type();
        this.children = children;
        this.typeIds = type.typeIds();
        this.sparse = type.mode() == UnionMode.SPARSE;
        this.ids = new GrowableBuffer(memory);
        this.offsets = new OffsetBuffer(memory, false);
        this.expected = new long[children.size()];
    }

    /**
     * Begins a row; append exactly one value to the builder returned. The other children of a sparse union get a null.
     *
     * @throws IllegalArgumentException where no child has that type id
     * @throws IllegalStateException where the row before has not got its value
     */
    public ColumnBuilder select(int typeId) {
        int chosen = typeIds.indexOf(typeId);
        if (chosen < 0) {
            throw new IllegalArgumentException(
                    "type id of column '" + field().name() + "': expected one of " + typeIds + ", found " + typeId);
        }
        requireChildren();
        if (expected[chosen] == Integer.MAX_VALUE && !sparse) {
            throw new ColumnOverflowException(field().name(), "values of child " + typeId, Integer.MAX_VALUE);
        }
        reserve(1);
        if (sparse) {
            fillOthers(chosen);
        } else {
            offsets.put(length, expected[chosen]);
        }
        NativeMemory.putByte(ids.address() + length, (byte) typeId);
        expected[chosen]++;
        length++;
        return children.get(chosen);
    }

    private void fillOthers(int chosen) {
        try {
            for (int i = 0; i < children.size(); i++) {
                if (i != chosen) {
                    children.get(i).appendAbsent();
                    expected[i] = length + 1;
                }
            }
        } catch (RuntimeException e) {
            truncateSparse(length);
            throw e;
        }
    }

    private void requireChildren() {
        for (int i = 0; i < expected.length; i++) {
            if (children.get(i).length != expected[i]) {
                throw incomplete("values of child " + typeIds.get(i) + ": expected " + expected[i] + ", found "
                        + children.get(i).length);
            }
        }
    }

    @Override
    public void reserve(long rows) {
        ids.reserve(length, length + rows);
        if (!sparse) {
            offsets.reserve(length, length + rows);
        }
    }

    @Override
    public long nullCount() {
        return 0;
    }

    @Override
    void appendAbsent() {
        if (children.isEmpty()) {
            throw incomplete("a union without children holds no values");
        }
        long before = length;
        try {
            select(typeIds.get(0)).appendAbsent();
        } catch (RuntimeException e) {
            truncate(before);
            throw e;
        }
    }

    private byte typeId(long row) {
        return NativeMemory.getByte(ids.address() + row);
    }

    private ColumnBuilder child(long row) {
        return children.get(typeIds.indexOf((int) typeId(row)));
    }

    private long childRow(long row) {
        return sparse ? row : offsets.get(row);
    }

    @Override
    boolean sameValue(long a, long b) {
        return typeId(a) == typeId(b) && child(a).sameValue(childRow(a), childRow(b));
    }

    @Override
    int hashValue(long row) {
        return NativeBytes.join(typeId(row), child(row).hashValue(childRow(row)));
    }

    @Override
    void truncate(long newLength) {
        if (sparse) {
            truncateSparse(newLength);
        } else {
            truncateDense(newLength);
        }
        length = newLength;
    }

    private void truncateSparse(long newLength) {
        for (int i = 0; i < expected.length; i++) {
            // The child of an open row may lack its value.
            children.get(i).truncate(Math.min(newLength, children.get(i).length));
            expected[i] = newLength;
        }
    }

    private void truncateDense(long newLength) {
        for (long row = length - 1; row >= newLength; row--) {
            expected[typeIds.indexOf((int) typeId(row))] = offsets.get(row);
        }
        for (int i = 0; i < expected.length; i++) {
            children.get(i).truncate(Math.min(expected[i], children.get(i).length));
        }
    }

    @Override
    void checkComplete() {
        requireChildren();
        children.forEach(ColumnBuilder::checkComplete);
    }

    @Override
    Handover.Part handOver(Handover to) {
        long[] buffers = new long[sparse ? 2 : 4];
        ids.handOver(buffers, TYPE_IDS, length, to);
        if (!sparse) {
            offsets.handOver(buffers, OFFSETS, length, to);
        }
        List<Handover.Part> parts =
                children.stream().map(child -> child.handOver(to)).toList();
        if (!to.shares()) {
            Arrays.fill(expected, 0);
        }
        return finished(0, buffers, parts, to);
    }

    @Override
    void close() {
        ids.close();
        offsets.close();
        children.forEach(ColumnBuilder::close);
        Arrays.fill(expected, 0);
        length = 0;
    }
}
