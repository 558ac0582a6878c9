package io.lightstream.codec.internal.encode;

import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.schema.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/** The nested layouts for which it takes a look at the rows to know which part of the children they use. */
final class NestedSlices {
    private static final int TYPE_IDS = 128;

    private final BodyPlanner planner;

    NestedSlices(BodyPlanner planner) {
        this.planner = planner;
    }

    // ---- list views

    void addListViews(Column column, boolean large) {
        ColumnData data = column.data();
        int width = large ? Long.BYTES : Integer.BYTES;
        long bytes = data.length() * width;
        long offsets = data.address(1) + data.offset() * width;
        long sizes = data.address(2) + data.offset() * width;
        Column child = data.children().get(0);

        long first = 0;
        long end = child.length();
        if (planner.checksRows()) {
            requireRows(column, column::listLength);
        }
        if (BodyPlanner.isSlice(data, bytes)) {
            first = child.length();
            end = 0;
            for (long at = 0; at < bytes; at += width) {
                long start = Integers.signed(offsets + at, width);
                long size = Integers.signed(sizes + at, width);
                if (start < 0 || size < 0 || start > child.length() - size) {
                    // A null row may hold anything. Nothing can be said about the part that is used.
                    first = 0;
                    end = child.length();
                    break;
                }
                first = Math.min(first, start);
                end = Math.max(end, start + size);
            }
        }
        if (first == 0 || data.length() == 0) {
            planner.body().addRaw(offsets, bytes);
        } else {
            planner.body().addComputed(new RebasedOffsets(offsets, large, first), bytes);
        }
        planner.body().addRaw(sizes, bytes);
        planner.add(data.length() == 0 ? child.slice(0, 0) : child.slice(first, end - first));
    }

    // ---- dense unions

    void addDenseUnion(Column column) {
        ColumnData data = column.data();
        long bytes = data.length() * Integer.BYTES;
        long typeIds = data.address(0) + data.offset();
        long offsets = data.address(1) + data.offset() * Integer.BYTES;
        List<Column> children = data.children();
        if (!BodyPlanner.isSlice(data, bytes)) {
            if (planner.checksRows()) {
                requireRows(column, column::valueIndex);
            }
            planner.body().addRaw(offsets, bytes);
            children.forEach(planner::add);
            return;
        }
        long[] first = new long[TYPE_IDS];
        long[] end = new long[TYPE_IDS];
        Arrays.fill(first, Long.MAX_VALUE);
        for (long row = 0; row < data.length(); row++) {
            long offset = column.valueIndex(row);
            int typeId = column.typeId(row) & TYPE_IDS - 1;
            first[typeId] = Math.min(first[typeId], offset);
            end[typeId] = Math.max(end[typeId], offset + 1);
        }
        planner.body().addComputed(new RebasedUnionOffsets(typeIds, offsets, first), bytes);
        List<Integer> ids = ((DataType.Union) column.type()).typeIds();
        for (int i = 0; i < children.size(); i++) {
            int id = ids.get(i);
            planner.add(
                    end[id] == 0 ? children.get(i).slice(0, 0) : children.get(i).slice(first[id], end[id] - first[id]));
        }
    }

    /** Asks for each row, which throws where what it says leads outside. */
    private static void requireRows(Column column, LongConsumer getter) {
        for (long row = 0; row < column.length(); row++) {
            getter.accept(row);
        }
    }

    // ---- run ends

    void addRuns(Column column) {
        ColumnData data = column.data();
        Column ends = data.children().get(0);
        Column values = data.children().get(1);
        if (data.length() == 0) {
            planner.add(ends.slice(0, 0));
            planner.add(values.slice(0, 0));
            return;
        }
        long first = column.valueIndex(0);
        long last = column.valueIndex(data.length() - 1);
        long runs = last - first + 1;
        int width = ends.type().byteWidth();
        long address = ends.data().address(1) + (ends.data().offset() + first) * width;
        planner.body().addNode(runs, 0);
        planner.body().addEmpty();
        if (data.offset() == 0 && ends.getLong(last) == data.length()) {
            planner.body().addRaw(address, runs * width);
        } else {
            planner.body().addComputed(new CutRunEnds(address, width, data.offset(), data.length()), runs * width);
        }
        planner.add(values.slice(first, runs));
    }
}
