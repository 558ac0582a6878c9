package io.lightstream.codec.internal.encode;

/** Dictionary indices translated to those of another dictionary. What a null row holds may be any number: it becomes 0. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RemappedIndices(long address, int width, long[] map) implements ComputedBuffer {
    @Override
    public void write(long from, long bytes, long target) {
        for (long at = 0; at < bytes; at += width) {
            long index = Integers.unsigned(address + from + at, width);
            Integers.put(target + at, width, index >= 0 && index < map.length ? map[(int) index] : 0);
        }
    }
}
