package io.lightstream.codec.internal.body;

import io.lightstream.codec.internal.Bitmaps;
import io.lightstream.codec.memory.NativeMemory;

/**
 * Looks through whole buffers for the first value that breaks a rule; -1 where none does. The common loops run without
 * branches and only tell whether anything is wrong; which one it is, is found afterwards.
 */
final class ValueScan {
    private static final long NONE = -1;
    /** The loops count blocks of this many values with an int, which the JIT compiler unrolls and vectorises. */
    private static final int BLOCK = 1 << 20;

    private ValueScan() {}

    /** Integers of 1, 2, 4 or 8 bytes in memory. Pointed elsewhere for each column, so that checking makes no garbage. */
    static final class Integers {
        private long address;
        private int width;
        private boolean signed;

        Integers pointedAt(long newAddress, int newWidth, boolean isSigned) {
            address = newAddress;
            width = newWidth;
            signed = isSigned;
            return this;
        }

        long get(long index) {
            long at = address + index * width;
            return switch (width) {
                case 1 -> signed ? NativeMemory.getByte(at) : NativeMemory.getByte(at) & 0xFF;
                case 2 -> signed ? NativeMemory.getShort(at) : NativeMemory.getShort(at) & 0xFFFF;
                case 4 -> signed ? NativeMemory.getInt(at) : NativeMemory.getInt(at) & 0xFFFFFFFFL;
                default -> NativeMemory.getLong(at);
            };
        }

        int width() {
            return width;
        }

        long address() {
            return address;
        }
    }

    /** Offsets must start at 0 or more, never fall, and end at {@code end} or before: {@code count + 1} of them. */
    static long firstWrongOffset(Integers offsets, long count, long end) {
        boolean falls = offsets.width() == Integer.BYTES
                ? fallsAnywhere32(offsets.address(), count)
                : fallsAnywhere64(offsets.address(), count);
        if (!falls && offsets.get(0) >= 0 && offsets.get(count) <= end) {
            return NONE;
        }
        long before = 0;
        for (long i = 0; i <= count; i++) {
            long offset = offsets.get(i);
            if (offset < before || offset > end) {
                return i;
            }
            before = offset;
        }
        return NONE;
    }

    private static boolean fallsAnywhere32(long address, long count) {
        int signs = 0;
        for (long done = 0; done < count; done += BLOCK) {
            signs |= falls32(address + done * Integer.BYTES, block(count - done));
        }
        return signs < 0;
    }

    private static boolean fallsAnywhere64(long address, long count) {
        long signs = 0;
        for (long done = 0; done < count; done += BLOCK) {
            signs |= falls64(address + done * Long.BYTES, block(count - done));
        }
        return signs < 0;
    }

    // Where a difference overflows its sign says nothing; but then one of the two is negative, which tells as well. The
    // one before the first is known not to be.

    private static int falls32(long address, int count) {
        int signs = 0;
        for (int i = 0; i < count; i++) {
            long at = address + (long) i * Integer.BYTES;
            int next = NativeMemory.getInt(at + Integer.BYTES);
            signs |= next - NativeMemory.getInt(at) | next;
        }
        return signs;
    }

    private static long falls64(long address, int count) {
        long signs = 0;
        for (int i = 0; i < count; i++) {
            long at = address + (long) i * Long.BYTES;
            long next = NativeMemory.getLong(at + Long.BYTES);
            signs |= next - NativeMemory.getLong(at) | next;
        }
        return signs;
    }

    private static int block(long left) {
        return (int) Math.min(left, BLOCK);
    }

    /** Each offset and size must be a range of {@code elements}. */
    static long firstWrongRange(Integers offsets, Integers sizes, long count, long elements) {
        for (long i = 0; i < count; i++) {
            long offset = offsets.get(i);
            long size = sizes.get(i);
            if (offset < 0 || size < 0 || size > elements || offset > elements - size) {
                return i;
            }
        }
        return NONE;
    }

    /** Each must be above the one before, the first above 0. */
    static long firstNotIncreasing(Integers integers, long count) {
        long before = 0;
        for (long i = 0; i < count; i++) {
            long next = integers.get(i);
            if (next <= before) {
                return i;
            }
            before = next;
        }
        return NONE;
    }

    /**
     * Each valid index must be 0 or more and below {@code size}. What a null slot holds is anybody's guess.
     *
     * @param validity address of the bitmap, 0 where all are valid
     */
    static long firstNotBelow(Integers indices, long validity, long count, long size) {
        if (allBelow(indices, count, size)) {
            return NONE;
        }
        for (long i = 0; i < count; i++) {
            if (isValid(validity, i) && Long.compareUnsigned(indices.get(i), size) >= 0) {
                return i;
            }
        }
        return NONE;
    }

    /** May say no for values that are right: negative as signed integers of their width, in a dictionary that large. */
    private static boolean allBelow(Integers indices, long count, long size) {
        int width = indices.width();
        long last = size - 1;
        long signs = last;
        for (long done = 0; done < count; done += BLOCK) {
            long address = indices.address() + done * width;
            int block = block(count - done);
            signs |= switch (width) {
                case 1, 2 -> above16(indices, done, block, last);
                case 4 -> above32(address, block, (int) Math.min(last, Integer.MAX_VALUE));
                default -> above64(address, block, last);
            };
        }
        return signs >= 0;
    }

    // The sign of (last - index | index) tells both too large and negative.

    private static long above16(Integers indices, long from, int count, long last) {
        long signs = 0;
        for (int i = 0; i < count; i++) {
            long index = indices.get(from + i);
            signs |= last - index | index;
        }
        return signs;
    }

    private static int above32(long address, int count, int last) {
        int signs = 0;
        for (int i = 0; i < count; i++) {
            int index = NativeMemory.getInt(address + (long) i * Integer.BYTES);
            signs |= last - index | index;
        }
        return signs;
    }

    private static long above64(long address, int count, long last) {
        long signs = 0;
        for (int i = 0; i < count; i++) {
            long index = NativeMemory.getLong(address + (long) i * Long.BYTES);
            signs |= last - index | index;
        }
        return signs;
    }

    /** Each valid text must be well-formed UTF-8. */
    static long firstNotUtf8(Integers offsets, long bytes, long validity, long count) {
        if (Utf8.isAscii(bytes + offsets.get(0), offsets.get(count) - offsets.get(0))) {
            return NONE;
        }
        for (long i = 0; i < count; i++) {
            long start = offsets.get(i);
            if (isValid(validity, i) && !Utf8.isWellFormed(bytes + start, offsets.get(i + 1) - start)) {
                return i;
            }
        }
        return NONE;
    }

    /** Whether the row is valid according to a bitmap; all are where its address is 0. */
    static boolean isValid(long validity, long row) {
        return validity == 0 || Bitmaps.get(validity, row);
    }
}
