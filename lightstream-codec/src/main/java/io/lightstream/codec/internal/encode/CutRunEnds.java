package io.lightstream.codec.internal.encode;

/** Run ends of a slice: counted from its first row, the last one cut to its length. */
record CutRunEnds(long address, int width, long firstRow, long rows) implements ComputedBuffer {
    @Override
    public void write(long from, long bytes, long target) {
        for (long at = 0; at < bytes; at += width) {
            long end = Integers.signed(address + from + at, width) - firstRow;
            Integers.put(target + at, width, Math.min(end, rows));
        }
    }
}
