package io.lightstream.benchmarks.contender;

import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;

/** Touches one value of every column of each batch, and sums them up. */
public final class Probe {
    private static final long STRIDE = 7_919;

    private long batches;
    private long sum;

    /** Looks at the next batch. */
    public void touch(RecordBatch batch) {
        long rows = batch.rowCount();
        long row = batches++ * STRIDE % rows;
        long found = rows;
        for (int i = 0; i < batch.columnCount(); i++) {
            found += value(batch.column(i), row);
        }
        sum += found;
    }

    private static long value(Column column, long row) {
        if (column.field().dictionary().isPresent()) {
            return column.valueIndex(row);
        }
        return switch (column.type().id()) {
            case INT -> column.getLong(row);
            case FLOATING_POINT -> (long) column.getDouble(row);
            case UTF8 -> column.byteLength(row);
            default -> throw new IllegalArgumentException("no shape has a column of type " + column.type());
        };
    }

    /** The sum since the last call. */
    public long take() {
        long taken = sum;
        batches = 0;
        sum = 0;
        return taken;
    }
}
