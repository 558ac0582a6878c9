package io.lightstream.codec.internal.encode;

import io.lightstream.codec.memory.NativeMemory;

/** Integers of 1, 2, 4 or 8 bytes by address. */
final class Integers {
    private Integers() {}

    static long signed(long address, int width) {
        return switch (width) {
            case 1 -> NativeMemory.getByte(address);
            case 2 -> NativeMemory.getShort(address);
            case 4 -> NativeMemory.getInt(address);
            default -> NativeMemory.getLong(address);
        };
    }

    static long unsigned(long address, int width) {
        long value = signed(address, width);
        return width == Long.BYTES ? value : value & (1L << (width * Byte.SIZE)) - 1;
    }

    static void put(long address, int width, long value) {
        switch (width) {
            case 1 -> NativeMemory.putByte(address, (byte) value);
            case 2 -> NativeMemory.putShort(address, (short) value);
            case 4 -> NativeMemory.putInt(address, (int) value);
            default -> NativeMemory.putLong(address, value);
        }
    }
}
