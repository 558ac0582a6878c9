package io.lightstream.codec.compare;

import io.lightstream.codec.Column;

/** Reads validity from any row on, where columns give it in words of 64 rows. */
final class Validity {
    private Validity() {}

    /** The lowest {@code rows} bits, 1 to 64. */
    static long mask(long rows) {
        return -1L >>> (Long.SIZE - rows);
    }

    /** Validity of {@code rows} rows, 1 to 64, from {@code from} on, lowest bit first; the other bits are 0. */
    static long word(Column column, long from, long rows) {
        if (column.nullCount() == 0) {
            return mask(rows);
        }
        long index = from >>> 6;
        int shift = (int) (from & 63);
        long word = column.validityWord(index) >>> shift;
        if (shift + rows > Long.SIZE) {
            word |= column.validityWord(index + 1) << (Long.SIZE - shift);
        }
        return word & mask(rows);
    }
}
