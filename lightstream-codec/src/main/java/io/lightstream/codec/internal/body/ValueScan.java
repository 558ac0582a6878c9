package io.lightstream.codec.internal.body;

import io.lightstream.codec.memory.NativeMemory;

/**
 * Looks through whole buffers for the first value that breaks a rule; -1 where none does. The common loops run without
 * branches and only tell whether anything is wrong; which one it is, is found afterwards.
 */
final class ValueScan {
    private static final long NONE = -1;

    private ValueScan() {}

    /** Integers of 1, 2, 4 or 8 bytes in memory. */
    record Integers(long address, int width, boolean signed) {
        long get(long index) {
            long at = address + index * width;
            return switch (width) {
                case 1 -> signed ? NativeMemory.getByte(at) : NativeMemory.getByte(at) & 0xFF;
                case 2 -> signed ? NativeMemory.getShort(at) : NativeMemory.getShort(at) & 0xFFFF;
                case 4 -> signed ? NativeMemory.getInt(at) : NativeMemory.getInt(at) & 0xFFFFFFFFL;
                default -> NativeMemory.getLong(at);
            };
        }

        Integers at(long otherAddress) {
            return new Integers(otherAddress, width, signed);
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
        long signs = 0;
        int before = NativeMemory.getInt(address);
        for (long i = 1; i <= count; i++) {
            int next = NativeMemory.getInt(address + i * Integer.BYTES);
            signs |= (long) next - before;
            before = next;
        }
        return signs < 0;
    }

    private static boolean fallsAnywhere64(long address, long count) {
        // Where the difference overflows its sign says nothing; both operands are then of opposite sign, and one is
        // negative.
        long signs = 0;
        long before = NativeMemory.getLong(address);
        for (long i = 1; i <= count; i++) {
            long next = NativeMemory.getLong(address + i * Long.BYTES);
            signs |= next - before | next;
            before = next;
        }
        return signs < 0;
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

    private static boolean allBelow(Integers indices, long count, long size) {
        long address = indices.address();
        long last = size - 1;
        // The sign of (last - index | index) tells both too large and negative, for any index that fits in 63 bits.
        long signs = last;
        switch (indices.width()) {
            case 1, 2 -> {
                for (long i = 0; i < count; i++) {
                    long index = indices.get(i);
                    signs |= last - index | index;
                }
            }
            case 4 -> {
                long mask = indices.signed() ? -1L : 0xFFFFFFFFL;
                for (long i = 0; i < count; i++) {
                    long index = NativeMemory.getInt(address + i * Integer.BYTES) & mask;
                    signs |= last - index | index;
                }
            }
            default -> {
                for (long i = 0; i < count; i++) {
                    long index = NativeMemory.getLong(address + i * Long.BYTES);
                    signs |= last - index | index;
                }
            }
        }
        return signs >= 0;
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
        return validity == 0 || (NativeMemory.getByte(validity + (row >>> 3)) >>> (row & 7) & 1) != 0;
    }
}
