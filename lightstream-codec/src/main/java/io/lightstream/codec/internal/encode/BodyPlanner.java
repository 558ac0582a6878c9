package io.lightstream.codec.internal.encode;

import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.internal.OffsetRange;
import io.lightstream.codec.internal.ViewFormat;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Layout;
import java.util.List;

/**
 * Lists nodes and buffers of columns in the order of the format (Columnar.rst, "Recommended in-memory and IPC
 * representation"), limited to the rows that the columns show: of a slice only the slice is sent.
 *
 * <p>Bitmaps are left out where nothing is null, unions have none (V5), dictionary-encoded columns consist of their indices.
 */
public final class BodyPlanner {
    private static final int VALIDITY = 0;
    /** Buffers longer than their rows need by this much belong to a larger column. */
    private static final int SLICE_SLACK_BYTES = 64;

    private static final ComputedBuffer ZERO_OFFSET =
            (from, bytes, target) -> NativeMemory.fill(target, bytes, (byte) 0);

    private final IndexMaps indexMaps;
    private final boolean clearsTails;
    private final boolean checksRows;
    private final NestedSlices nested = new NestedSlices(this);
    private OutgoingBody body = new OutgoingBody();

    private BodyPlanner(IndexMaps indexMaps, boolean clearsTails, boolean checksRows) {
        this.indexMaps = indexMaps;
        this.clearsTails = clearsTails;
        this.checksRows = checksRows;
    }

    /**
     * Plans what is written: bits behind the end of a bitmap are 0, so that equal columns have equal bytes and nothing gets
     * out that is not part of a column.
     *
     * @param indexMaps translates dictionary indices
     */
    public static BodyPlanner toWrite(IndexMaps indexMaps) {
        return new BodyPlanner(indexMaps, true, false);
    }

    /**
     * Plans what stays in the process: only what a slice moves is computed. List views and unions are checked row by row: Arrow
     * Java goes through them as it takes them, to find out how long their children are.
     */
    public static BodyPlanner toShare() {
        return new BodyPlanner(IndexMaps.NONE, false, true);
    }

    /** Plans the body of a batch; {@code target} is cleared first. */
    public void plan(RecordBatch batch, OutgoingBody target) {
        begin(target);
        for (int i = 0; i < batch.columnCount(); i++) {
            add(batch.column(i));
        }
        target.layOut();
    }

    /** Plans the body of a dictionary batch, which is a batch of one column; {@code target} is cleared first. */
    public void plan(Column dictionary, OutgoingBody target) {
        begin(target);
        add(dictionary);
        target.layOut();
    }

    private void begin(OutgoingBody target) {
        body = target;
        target.clear();
    }

    OutgoingBody body() {
        return body;
    }

    boolean checksRows() {
        return checksRows;
    }

    void add(Column column) {
        column.data().memory().checkOpen();
        body.setOwner(column.data().memory());
        Layout layout = column.field().layout();
        switch (layout) {
            case NULL -> body.addNode(column.length(), column.length());
            case BIT -> addBooleans(column);
            case FIXED -> addFixed(column);
            case VARIABLE, LARGE_VARIABLE -> addVariable(column, layout.hasLargeOffsets());
            case VIEW -> addViews(column);
            case LIST, LARGE_LIST -> addLists(column, layout.hasLargeOffsets());
            case LIST_VIEW, LARGE_LIST_VIEW -> {
                addNodeAndValidity(column);
                nested.addListViews(column, layout.hasLargeOffsets());
            }
            case FIXED_SIZE_LIST -> addFixedSizeLists(column);
            case STRUCT -> {
                addNodeAndValidity(column);
                addChildren(column.data().children(), column.data().offset(), column.length());
            }
            case SPARSE_UNION -> {
                addTypeIds(column);
                addChildren(column.data().children(), column.data().offset(), column.length());
            }
            case DENSE_UNION -> {
                addTypeIds(column);
                nested.addDenseUnion(column);
            }
            case RUN_END_ENCODED -> {
                body.addNode(column.length(), 0);
                nested.addRuns(column);
            }
        }
    }

    private void addChildren(List<Column> children, long from, long count) {
        for (Column child : children) {
            add(child.slice(from, count));
        }
    }

    private void addNodeAndValidity(Column column) {
        long nulls = column.nullCount();
        body.addNode(column.length(), nulls);
        if (nulls == 0) {
            body.addEmpty();
        } else {
            addBits(column.data(), VALIDITY);
        }
    }

    private void addBits(ColumnData data, int buffer) {
        long bytes = ShiftedBits.bytes(data.length());
        boolean endsInside = clearsTails && (data.length() & 7) != 0;
        if ((data.offset() & 7) == 0 && !endsInside) {
            body.addRaw(data.address(buffer) + (data.offset() >>> 3), bytes);
        } else {
            body.addComputed(new ShiftedBits(data.address(buffer), data.offset(), data.length()), bytes);
        }
    }

    private void addBooleans(Column column) {
        addNodeAndValidity(column);
        addBits(column.data(), 1);
    }

    private void addFixed(Column column) {
        addNodeAndValidity(column);
        ColumnData data = column.data();
        Field field = data.field();
        int width = field.storageType().byteWidth();
        long address = data.address(1) + data.offset() * width;
        long[] map = field.dictionary().isPresent()
                ? indexMaps.of(field.dictionary().get().id())
                : IndexMaps.UNCHANGED;
        if (map == IndexMaps.UNCHANGED) {
            body.addRaw(address, data.length() * width);
        } else {
            requireIndices(column);
            body.addComputed(new RemappedIndices(address, width, map), data.length() * width);
        }
    }

    /** A translated index must be one: what it is translated to is no value that could be told from a right one. */
    private static void requireIndices(Column column) {
        for (long row = 0; row < column.length(); row++) {
            if (isValid(column, row)) {
                column.valueIndex(row);
            }
        }
    }

    private static boolean isValid(Column column, long row) {
        return (column.validityWord(row >>> 6) >>> (row & 63) & 1) != 0;
    }

    private void addVariable(Column column, boolean large) {
        addNodeAndValidity(column);
        OffsetRange bytes = addOffsets(column.data(), large);
        body.addRaw(column.data().address(2) + bytes.start(), bytes.length());
    }

    private void addLists(Column column, boolean large) {
        addNodeAndValidity(column);
        OffsetRange elements = addOffsets(column.data(), large);
        add(column.data().children().get(0).slice(elements.start(), elements.length()));
    }

    /** Adds offsets that begin at 0; returns the range that they had. */
    private OffsetRange addOffsets(ColumnData data, boolean large) {
        int width = large ? Long.BYTES : Integer.BYTES;
        OffsetRange range = OffsetRange.of(data, 0, data.length());
        if (data.length() == 0) {
            // Some readers want the one offset of a column without rows.
            body.addComputed(ZERO_OFFSET, width);
            return range;
        }
        long address = data.address(1) + data.offset() * width;
        long bytes = (data.length() + 1) * width;
        if (range.start() == 0) {
            body.addRaw(address, bytes);
        } else {
            body.addComputed(new RebasedOffsets(address, large, range.start()), bytes);
        }
        return range;
    }

    private void addViews(Column column) {
        addNodeAndValidity(column);
        ColumnData data = column.data();
        int buffers = data.bufferCount() - ViewFormat.FIRST_DATA_BUFFER;
        long views = data.address(ViewFormat.VIEWS) + data.offset() * ViewFormat.VIEW_BYTES;
        long bytes = data.length() * ViewFormat.VIEW_BYTES;
        body.addVariadic(buffers);
        if (!isSlice(data, bytes)) {
            body.addRaw(views, bytes);
            for (int i = 0; i < buffers; i++) {
                int buffer = ViewFormat.FIRST_DATA_BUFFER + i;
                body.addRaw(data.address(buffer), data.length(buffer));
            }
            return;
        }
        RebasedViews.UsedRanges used = new RebasedViews.UsedRanges(data);
        used.scan(column, views);
        body.addComputed(new RebasedViews(views, used), bytes);
        for (int i = 0; i < buffers; i++) {
            body.addRaw(data.address(ViewFormat.FIRST_DATA_BUFFER + i) + used.start(i), used.length(i));
        }
    }

    /** Whether the column shows only part of its second buffer; {@code bytes} is what its rows take there. */
    static boolean isSlice(ColumnData data, long bytes) {
        return data.offset() > 0 || data.length(1) - bytes >= SLICE_SLACK_BYTES;
    }

    private void addFixedSizeLists(Column column) {
        addNodeAndValidity(column);
        long size = ((DataType.FixedSizeList) column.type()).listSize();
        ColumnData data = column.data();
        add(data.children().get(0).slice(data.offset() * size, data.length() * size));
    }

    private void addTypeIds(Column column) {
        ColumnData data = column.data();
        body.addNode(data.length(), 0);
        body.addRaw(data.address(0) + data.offset(), data.length());
    }
}
