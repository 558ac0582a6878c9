package io.lightstream.codec.memory;

import org.apache.arrow.memory.rounding.RoundingPolicy;

/**
 * The sizes of pooled blocks: multiples of 64 up to 256 bytes, then four sizes per doubling up to 1 GiB.
 *
 * <pre>
 *   64 128 192 256 | 320 384 448 512 | 640 768 896 1024 | 1280 …
 * </pre>
 *
 * <p>Above 256 bytes at most a fifth of a block is unused, and a block can be used again for any request of its class.
 * Longer requests than that are rounded to pages and not pooled.
 */
final class SizeClasses {

    /** Every block starts on a multiple of this, which is a cache line and what the Arrow specification recommends. */
    static final int ALIGNMENT = 64;

    static final int PAGE = 4096;

    /** Blocks up to this size are carved from slabs; longer ones are native allocations of their own, page-aligned. */
    static final int LARGEST_IN_SLAB = 32 << 10;

    static final long LARGEST = 1L << 30;

    private static final int FIRST_DOUBLING = 8;
    private static final int LINEAR = 4;

    static final int COUNT = indexOf(LARGEST) + 1;
    static final int SLAB_COUNT = indexOf(LARGEST_IN_SLAB) + 1;

    /** What Arrow charges for and hands out: the whole block, so that a growing vector can use all of it. */
    static final RoundingPolicy ROUNDING = new Rounding();

    private SizeClasses() {}

    /** A class and not a lambda: the first lambda of a process takes milliseconds, in the way of its first buffer. */
    private static final class Rounding implements RoundingPolicy {
        @Override
        public long getRoundedSize(long requestSize) {
            return rounded(requestSize);
        }
    }

    /** The class of a request of 1 to {@link #LARGEST} bytes. */
    static int indexOf(long size) {
        if (size <= 1L << FIRST_DOUBLING) {
            return (int) ((size - 1) >>> 6);
        }
        int doubling = 63 - Long.numberOfLeadingZeros(size - 1);
        return LINEAR * (doubling - FIRST_DOUBLING) + (int) ((size - 1) >>> (doubling - 2));
    }

    /** The length of the blocks of a class. */
    static long sizeOf(int index) {
        if (index < LINEAR) {
            return (index + 1L) * ALIGNMENT;
        }
        int doubling = FIRST_DOUBLING + (index - LINEAR) / LINEAR;
        return (index % LINEAR + 5L) << (doubling - 2);
    }

    /** The length of the block that serves a request. */
    static long rounded(long size) {
        if (size <= 0) {
            return size;
        }
        if (size <= LARGEST) {
            return sizeOf(indexOf(size));
        }
        long pages = (size + PAGE - 1) & -PAGE;
        return pages < 0 ? size : pages;
    }
}
