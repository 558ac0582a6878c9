package io.lightstream.codec;

import io.lightstream.codec.internal.ValueBounds;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Layout;
import java.util.Arrays;
import java.util.List;

/** One child's value a row, named by a type id; dense unions say where in the child it lies. */
final class UnionColumn extends EncodedColumn {
    private static final int TYPE_IDS = 0;
    private static final int OFFSETS = 1;
    private static final int NO_CHILD = -1;

    private final boolean sparse;
    private final int[] childOfTypeId = new int[128];

    UnionColumn(ColumnData data) {
        super(data);
        this.sparse = data.field().layout() == Layout.SPARSE_UNION;
        Arrays.fill(childOfTypeId, NO_CHILD);
        List<Integer> typeIds = ((DataType.Union) type()).typeIds();
        for (int child = 0; child < typeIds.size(); child++) {
            childOfTypeId[typeIds.get(child)] = child;
        }
    }

    @Override
    public int typeId(long row) {
        return NativeMemory.getByte(data.address(TYPE_IDS) + data.offset() + checkRow(row));
    }

    @Override
    public long valueIndex(long row) {
        long element = data.offset() + checkRow(row);
        if (sparse) {
            return element;
        }
        int index = NativeMemory.getInt(data.address(OFFSETS) + element * Integer.BYTES);
        ValueBounds.requireChildRow(data, row, index, valueColumn(row).length());
        return index;
    }

    @Override
    public Column valueColumn(long row) {
        int typeId = typeId(row);
        if (typeId < 0 || childOfTypeId[typeId] == NO_CHILD) {
            throw ValueBounds.unknownTypeId(data, row, typeId);
        }
        return data.children().get(childOfTypeId[typeId]);
    }

    @Override
    public List<Column> children() {
        return sparse
                ? data.children().stream()
                        .map(child -> child.slice(data.offset(), length()))
                        .toList()
                : data.children();
    }
}
