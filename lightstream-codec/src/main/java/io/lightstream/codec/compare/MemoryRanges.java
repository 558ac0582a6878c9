package io.lightstream.codec.compare;

import io.lightstream.codec.internal.Bitmaps;
import io.lightstream.codec.memory.NativeMemory;

/** Compares ranges of native memory: bytes, bits, floating point numbers. */
final class MemoryRanges {
    /** Below it a loop is faster than making two views. */
    private static final int SHORT_RANGE = 128;

    private static final int LONGEST_VIEW = 1 << 30;

    private MemoryRanges() {}

    static boolean equal(long a, long b, long bytes) {
        return mismatch(a, b, bytes) < 0;
    }

    /** Offset of the first byte that differs, or of one of the seven before it; -1 where none does. */
    private static long mismatch(long a, long b, long bytes) {
        if (a == b) {
            return -1;
        }
        return bytes < SHORT_RANGE ? shortMismatch(a, b, bytes) : longMismatch(a, b, bytes);
    }

    private static long shortMismatch(long a, long b, long bytes) {
        long at = 0;
        for (; at + Long.BYTES <= bytes; at += Long.BYTES) {
            if (NativeMemory.getLong(a + at) != NativeMemory.getLong(b + at)) {
                return at;
            }
        }
        for (; at < bytes; at++) {
            if (NativeMemory.getByte(a + at) != NativeMemory.getByte(b + at)) {
                return at;
            }
        }
        return -1;
    }

    private static long longMismatch(long a, long b, long bytes) {
        for (long at = 0; at < bytes; at += LONGEST_VIEW) {
            long part = Math.min(LONGEST_VIEW, bytes - at);
            int mismatch = NativeMemory.readOnlyView(a + at, part).mismatch(NativeMemory.readOnlyView(b + at, part));
            if (mismatch >= 0) {
                return at + mismatch;
            }
        }
        return -1;
    }

    /** Compares numbers of 2, 4 or 8 bytes by their bits, but any NaN with any NaN as equal. */
    static boolean equalFloats(long a, long b, long count, int width) {
        long mismatch = mismatch(a, b, count * width);
        if (mismatch < 0) {
            return true;
        }
        for (long i = mismatch / width; i < count; i++) {
            long left = floatBits(a + i * width, width);
            long right = floatBits(b + i * width, width);
            if (left != right && !(isNan(left, width) && isNan(right, width))) {
                return false;
            }
        }
        return true;
    }

    private static long floatBits(long address, int width) {
        return switch (width) {
            case Short.BYTES -> NativeMemory.getShort(address);
            case Integer.BYTES -> NativeMemory.getInt(address);
            default -> NativeMemory.getLong(address);
        };
    }

    /** A NaN is what is more than infinity without the sign. */
    private static boolean isNan(long bits, int width) {
        return switch (width) {
            case Short.BYTES -> (bits & 0x7FFF) > 0x7C00;
            case Integer.BYTES -> (bits & 0x7FFF_FFFF) > 0x7F80_0000;
            default -> (bits & Long.MAX_VALUE) > 0x7FF0_0000_0000_0000L;
        };
    }

    /** Compares {@code count} bits from bit {@code fromA} of one bitmap with those from {@code fromB} of another. */
    static boolean equalBits(long a, long fromA, long b, long fromB, long count) {
        if ((fromA & 7) == 0 && (fromB & 7) == 0) {
            long bytes = count >>> 3;
            return equal(a + (fromA >>> 3), b + (fromB >>> 3), bytes)
                    && equalBitByBit(a, fromA + (bytes << 3), b, fromB + (bytes << 3), count & 7);
        }
        return equalBitByBit(a, fromA, b, fromB, count);
    }

    private static boolean equalBitByBit(long a, long fromA, long b, long fromB, long count) {
        for (long i = 0; i < count; i++) {
            if (bit(a, fromA + i) != bit(b, fromB + i)) {
                return false;
            }
        }
        return true;
    }

    private static int bit(long address, long bit) {
        return Bitmaps.get(address, bit) ? 1 : 0;
    }
}
