package io.lightstream.codec;

import io.lightstream.codec.internal.ValueBounds;

/** Runs of equal values; a row belongs to the first run whose end is behind it. */
final class RunEndColumn extends EncodedColumn {
    private final Column ends;
    private final Column values;

    RunEndColumn(ColumnData data) {
        super(data);
        this.ends = data.children().get(0);
        this.values = data.children().get(1);
    }

    @Override
    public long valueIndex(long row) {
        long element = data.offset() + checkRow(row);
        long low = 0;
        long last = ends.length() - 1;
        long high = last;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (ends.getLong(middle) > element) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        if (low == last) {
            // The others were compared with the row on the way.
            ValueBounds.runEnd(data, row, last);
        }
        return low;
    }

    @Override
    public Column valueColumn(long row) {
        return values;
    }
}
