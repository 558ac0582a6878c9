package io.lightstream.codec.internal.compress;

import io.lightstream.codec.memory.NativeMemory;

/** The 32-bit xxHash with seed 0, the checksum of the LZ4 frame format, over memory of any length. */
final class XxHash32 {
    private static final int PRIME_1 = 0x9E3779B1;
    private static final int PRIME_2 = 0x85EBCA77;
    private static final int PRIME_3 = 0xC2B2AE3D;
    private static final int PRIME_4 = 0x27D4EB2F;
    private static final int PRIME_5 = 0x165667B1;
    /** {@code PRIME_1 + PRIME_2} modulo 2^32. */
    private static final int SUM_OF_PRIMES = 0x24234428;

    private static final int STRIPE = 16;

    private XxHash32() {}

    static int hash(long address, long length) {
        long at = address;
        long end = address + length;
        int hash;
        if (length >= STRIPE) {
            int a = SUM_OF_PRIMES;
            int b = PRIME_2;
            int c = 0;
            int d = -PRIME_1;
            for (; at <= end - STRIPE; at += STRIPE) {
                a = round(a, NativeMemory.getInt(at));
                b = round(b, NativeMemory.getInt(at + 4));
                c = round(c, NativeMemory.getInt(at + 8));
                d = round(d, NativeMemory.getInt(at + 12));
            }
            hash = Integer.rotateLeft(a, 1)
                    + Integer.rotateLeft(b, 7)
                    + Integer.rotateLeft(c, 12)
                    + Integer.rotateLeft(d, 18);
        } else {
            hash = PRIME_5;
        }
        return avalanche(tail(hash + (int) length, at, end));
    }

    private static int round(int lane, int input) {
        return Integer.rotateLeft(lane + input * PRIME_2, 13) * PRIME_1;
    }

    private static int tail(int state, long from, long end) {
        int hash = state;
        long at = from;
        for (; at <= end - Integer.BYTES; at += Integer.BYTES) {
            hash = Integer.rotateLeft(hash + NativeMemory.getInt(at) * PRIME_3, 17) * PRIME_4;
        }
        for (; at < end; at++) {
            hash = Integer.rotateLeft(hash + (NativeMemory.getByte(at) & 0xFF) * PRIME_5, 11) * PRIME_1;
        }
        return hash;
    }

    private static int avalanche(int state) {
        int hash = state;
        hash = (hash ^ hash >>> 15) * PRIME_2;
        hash = (hash ^ hash >>> 13) * PRIME_3;
        return hash ^ hash >>> 16;
    }
}
