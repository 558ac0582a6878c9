package io.lightstream.codec.build;

import io.lightstream.codec.memory.NativeMemory;

/** Growable offsets or sizes of 32 or 64 bits. */
final class OffsetBuffer {
    private final GrowableBuffer buffer;
    private final int shift;

    /** Elements there is room for. */
    private long capacity;

    OffsetBuffer(BuilderMemory memory, boolean large) {
        this.buffer = new GrowableBuffer(memory);
        this.shift = large ? 3 : 2;
    }

    /** Largest offset that fits. */
    long most() {
        return shift == 3 ? Long.MAX_VALUE : Integer.MAX_VALUE;
    }

    /** Makes room for {@code elements}, of which the first {@code used} are kept; new memory begins with a zero. */
    void reserve(long used, long elements) {
        if (elements > capacity) {
            boolean fresh = capacity == 0;
            buffer.reserve(fresh ? 0 : used << shift, elements << shift);
            capacity = buffer.capacity() >>> shift;
            if (fresh) {
                put(0, 0);
            }
        }
    }

    void put(long index, long value) {
        if (shift == 3) {
            NativeMemory.putLong(buffer.address() + (index << 3), value);
        } else {
            NativeMemory.putInt(buffer.address() + (index << 2), (int) value);
        }
    }

    long get(long index) {
        return shift == 3
                ? NativeMemory.getLong(buffer.address() + (index << 3))
                : NativeMemory.getInt(buffer.address() + (index << 2));
    }

    void handOver(long[] buffers, int index, long elements, Handover to) {
        buffer.handOver(buffers, index, elements << shift, to);
        capacity = buffer.capacity() >>> shift;
    }

    void close() {
        buffer.close();
        capacity = 0;
    }
}
