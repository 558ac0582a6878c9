package io.lightstream.codec.internal.encode;

import io.lightstream.codec.memory.NativeMemory;

/** A bitmap that begins or ends inside of a byte. Bits behind the last one are 0, whatever lies there. */
record ShiftedBits(long address, long firstBit, long count) implements ComputedBuffer {
    static long bytes(long bits) {
        return (bits + 7) >>> 3;
    }

    @Override
    public void write(long from, long bytes, long target) {
        long source = address + (firstBit >>> 3) + from;
        int shift = (int) (firstBit & 7);
        long sourceEnd = address + bytes(firstBit + count);
        long done = 0;
        // A word of output takes nine bytes of input.
        for (; done + Long.BYTES <= bytes && source + done + Long.BYTES < sourceEnd; done += Long.BYTES) {
            long low = NativeMemory.getLong(source + done) >>> shift;
            long high = shift == 0 ? 0 : (long) NativeMemory.getByte(source + done + Long.BYTES) << (Long.SIZE - shift);
            NativeMemory.putLong(target + done, low | high);
        }
        for (; done < bytes; done++) {
            int low = (NativeMemory.getByte(source + done) & 0xFF) >>> shift;
            int high =
                    source + done + 1 < sourceEnd ? NativeMemory.getByte(source + done + 1) << (Byte.SIZE - shift) : 0;
            NativeMemory.putByte(target + done, (byte) (low | high));
        }
        clearTail(from + bytes, target + bytes - 1);
    }

    private void clearTail(long end, long lastByte) {
        int used = (int) (count & 7);
        if (end == bytes(count) && used != 0) {
            NativeMemory.putByte(lastByte, (byte) (NativeMemory.getByte(lastByte) & (1 << used) - 1));
        }
    }
}
