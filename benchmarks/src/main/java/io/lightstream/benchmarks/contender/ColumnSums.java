package io.lightstream.benchmarks.contender;

import io.lightstream.codec.Column;
import java.nio.LongBuffer;

/** Sums of columns, as a user who cares for speed writes them. */
final class ColumnSums {
    private ColumnSums() {}

    /** Sum of an int64 column without nulls: a plain loop, which the JIT compiler vectorises. */
    static long longs(Column column) {
        LongBuffer values = column.longs();
        long sum = 0;
        for (int i = 0; i < values.limit(); i++) {
            sum += values.get(i);
        }
        return sum;
    }

    /**
     * Sum of a float64 column with nulls. What lies under a null may be anything, so its bits are masked out, which makes it
     * 0.0 without a branch that the processor would have to guess. A mask comes from a table, four to a step: computing them
     * takes longer. Four sums, because each addition has to wait for the one before.
     */
    static double doubles(Column column) {
        LongBuffer bits = column.longs();
        double[] sums = new double[4];
        int whole = bits.limit() / Long.SIZE * Long.SIZE;
        for (int first = 0; first < whole; first += Long.SIZE) {
            add(bits, first, column.validityWord(first / Long.SIZE), sums);
        }
        double rest = 0;
        for (int row = whole; row < bits.limit(); row++) {
            rest += column.isNull(row) ? 0 : Double.longBitsToDouble(bits.get(row));
        }
        return sums[0] + sums[1] + sums[2] + sums[3] + rest;
    }

    private static void add(LongBuffer bits, int first, long validity, double[] sums) {
        throw new UnsupportedOperationException();
    }
}
