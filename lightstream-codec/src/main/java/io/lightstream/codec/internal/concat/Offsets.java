package io.lightstream.codec.internal.concat;

import io.lightstream.codec.memory.NativeMemory;

/** Offsets of 32 or 64 bits that are being made. */
record Offsets(long address, boolean large) {
    long get(long element) {
        return large
                ? NativeMemory.getLong(address + element * Long.BYTES)
                : NativeMemory.getInt(address + element * Integer.BYTES);
    }

    /** @throws ArithmeticException where it outgrows 32 bits */
    void put(long element, long offset) {
        if (large) {
            NativeMemory.putLong(address + element * Long.BYTES, offset);
        } else {
            NativeMemory.putInt(address + element * Integer.BYTES, Math.toIntExact(offset));
        }
    }
}
