package io.lightstream.benchmarks.contender;

import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.RecordBatch;

/** Reaches the columns of batches and sums up their lengths, and one value of each column of a step's last batch. */
final class FileProbe {
    private static final long STRIDE = 7_919;
    /** Index of the values among a column's buffers. */
    private static final int VALUES = 1;

    private long step;
    private long sum;

    /** Gets at address and length of every column's values. */
    void reach(RecordBatch batch) {
        for (int i = 0; i < batch.columnCount(); i++) {
            ColumnData data = batch.column(i).data();
            if (data.address(VALUES) == 0 || data.length(VALUES) == 0) {
                throw new IllegalStateException("column " + data.field().name() + " has no values");
            }
            sum += data.length();
        }
    }

    /** Ends a step. */
    void touch(RecordBatch last) {
        long row = step++ * STRIDE % last.rowCount();
        Column flag = last.column(3);
        sum += last.column(0).getLong(row)
                + (long) last.column(1).getDouble(row)
                + last.column(2).getLong(row)
                + (flag.getBoolean(row) ? 1 : 0);
    }

    /** The sum since the last call. */
    long take() {
        long taken = sum;
        step = 0;
        sum = 0;
        return taken;
    }
}
