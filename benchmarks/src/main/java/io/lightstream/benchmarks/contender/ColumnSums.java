package io.lightstream.benchmarks.contender;

import io.lightstream.codec.Column;
import java.nio.LongBuffer;

/** Sums of columns by their views, as a user who cares for speed writes them. */
final class ColumnSums {
    private static final int ROWS_PER_STEP = 4;
    /** For each four bits of validity, a mask for each of the four rows: all ones, or zero where it is null. */
    private static final long[] MASKS = masks();

    private ColumnSums() {}

    private static long[] masks() {
        long[] masks = new long[ROWS_PER_STEP << ROWS_PER_STEP];
        for (int i = 0; i < masks.length; i++) {
            int validity = i / ROWS_PER_STEP;
            int row = i % ROWS_PER_STEP;
            masks[i] = -((validity >>> row) & 1);
        }
        return masks;
    }

    /** Sum of an int64 column without nulls. Two places at once, because the processor then fetches memory for both. */
    static long longs(Column column) {
        LongBuffer values = column.longs();
        int half = values.limit() / 2;
        long lower = 0;
        long upper = 0;
        for (int row = 0; row < half; row++) {
            lower += values.get(row);
            upper += values.get(half + row);
        }
        long middle = values.limit() % 2 == 0 ? 0 : values.get(2 * half);
        return lower + upper + middle;
    }

    /** Sum of the valid values of a float64 column, by words of 64 bits of validity. */
    static double doubles(Column column) {
        LongBuffer bits = column.values(0, column.length()).asLongBuffer();
        int whole = bits.limit() / Long.SIZE * Long.SIZE;
        double sum = 0;
        for (int row = 0; row < whole; row += Long.SIZE) {
            sum += sum(bits, row, column.validityWord(row / Long.SIZE));
        }
        for (int row = whole; row < bits.limit(); row++) {
            sum += column.isNull(row) ? 0 : Double.longBitsToDouble(bits.get(row));
        }
        return sum;
    }

    /**
     * Sum of 64 values. Under a null may lie anything, even NaN, so that its bits are masked out: to 0.0, and without a branch
     * for the processor to guess. Four sums, because each addition waits for the one before.
     */
    private static double sum(LongBuffer bits, int from, long validity) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        long valid = validity;
        for (int row = from; row < from + Long.SIZE; row += ROWS_PER_STEP) {
            int masks = (int) (valid & 0xF) * ROWS_PER_STEP;
            first += Double.longBitsToDouble(bits.get(row) & MASKS[masks]);
            second += Double.longBitsToDouble(bits.get(row + 1) & MASKS[masks + 1]);
            third += Double.longBitsToDouble(bits.get(row + 2) & MASKS[masks + 2]);
            fourth += Double.longBitsToDouble(bits.get(row + 3) & MASKS[masks + 3]);
            valid >>>= ROWS_PER_STEP;
        }
        return first + second + third + fourth;
    }
}
