package io.lightstream.codec.build;

import io.lightstream.codec.internal.Bitmaps;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.Field;
import java.util.List;

/** Builds {@code bool} columns, one bit a value. */
public final class BoolBuilder extends ColumnBuilder {
    private static final int BITS = 1;

    private final GrowableBuffer bits;
    private long capacity;

    BoolBuilder(Field field, BuilderMemory memory) {
        super(field, memory);
        this.bits = new GrowableBuffer(memory);
    }

    /** Appends one value. */
    public void append(boolean value) {
        if (length == capacity) {
            reserve(1);
        }
        put(length, value);
        length++;
    }

    @Override
    public void reserve(long rows) {
        if (length + rows > capacity) {
            bits.reserve((length + 7) >>> 3, (length + rows + 7) >>> 3);
            capacity = bits.capacity() << 3;
        }
    }

    private void put(long row, boolean value) {
        long at = bits.address() + (row >>> 3);
        int bit = (int) (row & 7);
        // The first value of a byte clears the others, so that new memory needs no clearing and trailing bits are 0.
        int before = bit == 0 ? 0 : NativeMemory.getByte(at) & (1 << bit) - 1;
        NativeMemory.putByte(at, (byte) (value ? before | 1 << bit : before));
    }

    private boolean get(long row) {
        return Bitmaps.get(bits.address(), row);
    }

    @Override
    void appendAbsent() {
        reserve(1);
        validity.markNull(length);
        append(false);
    }

    @Override
    boolean sameValue(long a, long b) {
        return validity.isNull(a) == validity.isNull(b) && get(a) == get(b);
    }

    @Override
    int hashValue(long row) {
        return validity.isNull(row) ? 2 : get(row) ? 1 : 0;
    }

    @Override
    void truncate(long newLength) {
        validity.truncate(newLength, length);
        length = newLength;
    }

    @Override
    Handover.Part handOver(Handover to) {
        long[] buffers = new long[4];
        if ((length & 7) != 0) {
            long last = length - 1;
            put(last, get(last));
        }
        long nulls = validity.handOver(buffers, length, to);
        bits.handOver(buffers, BITS, (length + 7) >>> 3, to);
        capacity = bits.capacity() << 3;
        return finished(nulls, buffers, List.of(), to);
    }

    @Override
    void close() {
        validity.close();
        bits.close();
        capacity = 0;
        length = 0;
    }
}
