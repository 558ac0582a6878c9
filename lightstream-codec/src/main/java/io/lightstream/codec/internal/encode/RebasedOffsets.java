package io.lightstream.codec.internal.encode;

import io.lightstream.codec.memory.NativeMemory;

/** Offsets of 32 or 64 bits that begin at 0 once {@code base} is subtracted. */
record RebasedOffsets(long address, boolean large, long base) implements ComputedBuffer {
    @Override
    public void write(long from, long bytes, long target) {
        if (large) {
            for (long at = 0; at < bytes; at += Long.BYTES) {
                NativeMemory.putLong(target + at, NativeMemory.getLong(address + from + at) - base);
            }
        } else {
            int base32 = (int) base;
            for (long at = 0; at < bytes; at += Integer.BYTES) {
                NativeMemory.putInt(target + at, NativeMemory.getInt(address + from + at) - base32);
            }
        }
    }
}
