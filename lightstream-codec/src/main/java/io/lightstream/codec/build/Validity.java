package io.lightstream.codec.build;

import io.lightstream.codec.internal.Bitmaps;
import io.lightstream.codec.memory.NativeMemory;

/**
 * Validity bitmap that exists from the first null on. Bits are 1 until a row is marked null, so that appending a value has
 * nothing to do here.
 */
final class Validity {
    private static final byte ALL_VALID = -1;

    private final BuilderMemory memory;
    private final GrowableBuffer bits;
    private long nullCount;

    Validity(BuilderMemory memory) {
        this.memory = memory;
        this.bits = new GrowableBuffer(memory);
    }

    long nullCount() {
        return nullCount;
    }

    void markNull(long row) {
        cover(row + 1);
        long at = bits.address() + (row >>> 3);
        int bit = 1 << (row & 7);
        byte before = NativeMemory.getByte(at);
        if ((before & bit) != 0) {
            NativeMemory.putByte(at, (byte) (before & ~bit));
            nullCount++;
        }
    }

    boolean isNull(long row) {
        return nullCount > 0 && row >>> 3 < bits.capacity() && !Bitmaps.get(bits.address(), row);
    }

    /** Forgets the nulls from row {@code from} to {@code to}. */
    void truncate(long from, long to) {
        for (long row = from; row < to && nullCount > 0; row++) {
            if (isNull(row)) {
                long at = bits.address() + (row >>> 3);
                NativeMemory.putByte(at, (byte) (NativeMemory.getByte(at) | 1 << (row & 7)));
                nullCount--;
            }
        }
    }

    private void cover(long rows) {
        long before = bits.capacity();
        bits.reserve(before, (rows + 7) >>> 3);
        if (bits.capacity() > before) {
            NativeMemory.fill(bits.address() + before, bits.capacity() - before, ALL_VALID);
        }
    }

    /** Hands over the bitmap of {@code rows} rows as buffer 0, where there is one; returns the number of nulls. */
    long handOver(long[] buffers, long rows, Handover to) {
        long nulls = nullCount;
        if (nulls == 0) {
            return 0;
        }
        cover(rows);
        if (to.shares()) {
            handOverCopy(buffers, rows, to);
        } else {
            clearBehind(bits.address(), rows);
            bits.handOver(buffers, 0, (rows + 7) >>> 3, to);
            nullCount = 0;
        }
        return nulls;
    }

    /** The last byte has bits of rows to come, which are 1 here and 0 in a finished batch: so this cannot be shared. */
    private void handOverCopy(long[] buffers, long rows, Handover to) {
        long bytes = (rows + 7) >>> 3;
        GrowableBuffer copy = new GrowableBuffer(memory);
        copy.reserve(0, bytes);
        NativeMemory.copy(bits.address(), copy.address(), bytes);
        clearBehind(copy.address(), rows);
        copy.handOver(buffers, 0, bytes, to);
        copy.close();
    }

    private static void clearBehind(long address, long rows) {
        int used = (int) (rows & 7);
        if (used > 0) {
            long last = address + (rows >>> 3);
            NativeMemory.putByte(last, (byte) (NativeMemory.getByte(last) & (1 << used) - 1));
        }
    }

    /** Forgets every null. */
    void clear() {
        NativeMemory.fill(bits.address(), bits.capacity(), ALL_VALID);
        nullCount = 0;
    }

    void close() {
        bits.close();
        nullCount = 0;
    }
}
