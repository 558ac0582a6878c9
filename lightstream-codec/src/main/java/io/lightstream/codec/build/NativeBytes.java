package io.lightstream.codec.build;

import io.lightstream.codec.memory.NativeMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Copies, compares and hashes byte strings in native memory; quick for the short ones that columns of text are made of. */
final class NativeBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SHORT = 2 * Long.BYTES;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private NativeBytes() {}

    /** Copies from an array; the range is checked against the array. */
    static void copy(byte[] from, int at, long to, int length) {
        if (length > SHORT) {
            NativeMemory.copy(from, at, to, length);
        } else if (length >= Long.BYTES) {
            // Two words that overlap in the middle cover any length between one and two words.
            NativeMemory.putLong(to, (long) LONGS.get(from, at));
            NativeMemory.putLong(to + length - Long.BYTES, (long) LONGS.get(from, at + length - Long.BYTES));
        } else if (length >= Integer.BYTES) {
            NativeMemory.putInt(to, (int) INTS.get(from, at));
            NativeMemory.putInt(to + length - Integer.BYTES, (int) INTS.get(from, at + length - Integer.BYTES));
        } else {
            for (int i = 0; i < length; i++) {
                NativeMemory.putByte(to + i, from[at + i]);
            }
        }
    }

    static void copy(long from, long to, int length) {
        if (length > SHORT) {
            NativeMemory.copy(from, to, length);
        } else if (length >= Long.BYTES) {
            NativeMemory.putLong(to, NativeMemory.getLong(from));
            NativeMemory.putLong(to + length - Long.BYTES, NativeMemory.getLong(from + length - Long.BYTES));
        } else if (length >= Integer.BYTES) {
            NativeMemory.putInt(to, NativeMemory.getInt(from));
            NativeMemory.putInt(to + length - Integer.BYTES, NativeMemory.getInt(from + length - Integer.BYTES));
        } else {
            for (int i = 0; i < length; i++) {
                NativeMemory.putByte(to + i, NativeMemory.getByte(from + i));
            }
        }
    }

    static boolean equal(long a, long b, long length) {
        long at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            if (NativeMemory.getLong(a + at) != NativeMemory.getLong(b + at)) {
                return false;
            }
        }
        for (; at < length; at++) {
            if (NativeMemory.getByte(a + at) != NativeMemory.getByte(b + at)) {
                return false;
            }
        }
        return true;
    }

    static int hash(long address, long length) {
        long hash = length * MULTIPLIER;
        long at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            hash = mix(hash ^ NativeMemory.getLong(address + at));
        }
        long rest = 0;
        for (int shift = 0; at < length; at++, shift += Byte.SIZE) {
            rest |= (NativeMemory.getByte(address + at) & 0xFFL) << shift;
        }
        hash = mix(hash ^ rest);
        return (int) (hash ^ hash >>> 32);
    }

    /** Joins the hash of a part to that of the parts before it. */
    static int join(int hash, int part) {
        long mixed = mix((long) hash << 32 | (part & 0xFFFFFFFFL));
        return (int) (mixed ^ mixed >>> 32);
    }

    private static long mix(long value) {
        long product = (value ^ value >>> 29) * MULTIPLIER;
        return product ^ product >>> 32;
    }
}
