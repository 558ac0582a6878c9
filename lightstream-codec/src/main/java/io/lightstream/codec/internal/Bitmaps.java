package io.lightstream.codec.internal;

import io.lightstream.codec.memory.NativeMemory;

/** Reads and fills Arrow bitmaps: one bit a value, least significant bit first, at any bit offset. */
public final class Bitmaps {
    private Bitmaps() {}

    /** Whether the bit is set. */
    public static boolean get(long address, long bit) {
        return (NativeMemory.getByte(address + (bit >>> 3)) >>> (bit & 7) & 1) != 0;
    }

    /** Up to 64 bits from {@code bit}, lowest first; reads no byte behind the last of them. Bits past {@code count} are undefined. */
    public static long word(long address, long bit, long count) {
        long first = address + (bit >>> 3);
        int shift = (int) (bit & 7);
        long bytes = (shift + count + 7) >>> 3;
        if (bytes >= Long.BYTES) {
            long low = NativeMemory.getLong(first) >>> shift;
            return bytes == Long.BYTES
                    ? low
                    : low | (NativeMemory.getByte(first + Long.BYTES) & 0xFFL) << (Long.SIZE - shift);
        }
        long word = 0;
        for (int i = 0; i < bytes; i++) {
            word |= (NativeMemory.getByte(first + i) & 0xFFL) << (8 * i);
        }
        return word >>> shift;
    }

    /**
     * Sets those of up to 64 bits from {@code bit} that are set in {@code word}, whose bits past {@code count} are 0; touches no
     * byte behind the last of them.
     */
    public static void set(long address, long bit, long word, long count) {
        long first = address + (bit >>> 3);
        int shift = (int) (bit & 7);
        long bytes = (shift + count + 7) >>> 3;
        if (bytes >= Long.BYTES) {
            NativeMemory.putLong(first, NativeMemory.getLong(first) | word << shift);
            if (bytes > Long.BYTES) {
                setInByte(first + Long.BYTES, word >>> (Long.SIZE - shift));
            }
            return;
        }
        for (int i = 0; i < bytes; i++) {
            setInByte(first + i, word << shift >>> (8 * i));
        }
    }

    private static void setInByte(long address, long bits) {
        NativeMemory.putByte(address, (byte) (NativeMemory.getByte(address) | bits));
    }

    /** How many of {@code count} bits from {@code bit} are set. */
    public static long count(long address, long bit, long count) {
        long set = 0;
        long done = 0;
        for (; done + Long.SIZE <= count; done += Long.SIZE) {
            set += Long.bitCount(word(address, bit + done, Long.SIZE));
        }
        long rest = count - done;
        if (rest > 0) {
            set += Long.bitCount(word(address, bit + done, rest) & ((1L << rest) - 1));
        }
        return set;
    }
}
