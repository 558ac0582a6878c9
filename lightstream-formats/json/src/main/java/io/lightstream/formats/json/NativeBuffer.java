package io.lightstream.formats.json;

import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.memory.NativeMemory;

/** A buffer of one column while it grows. The memory belongs to its {@link BatchBuffers}. */
final class NativeBuffer {
    private final BatchBuffers owner;
    private final int slot;
    private long address;
    private long capacity;
    private long length;
    private long elements;

    NativeBuffer(BatchBuffers owner, int slot) {
        this.owner = owner;
        this.slot = slot;
    }

    /** Address of the first byte; only once it is complete, because growing moves it. */
    long address() {
        return address;
    }

    /** Bytes. */
    long length() {
        return length;
    }

    /** How many elements of its array were read. */
    long elements() {
        return elements;
    }

    void countElement() {
        elements++;
    }

    void putByte(int value) throws LimitExceededException {
        NativeMemory.putByte(reserve(Byte.BYTES), (byte) value);
    }

    void putShort(int value) throws LimitExceededException {
        NativeMemory.putShort(reserve(Short.BYTES), (short) value);
    }

    void putInt(int value) throws LimitExceededException {
        NativeMemory.putInt(reserve(Integer.BYTES), value);
    }

    void putLong(long value) throws LimitExceededException {
        NativeMemory.putLong(reserve(Long.BYTES), value);
    }

    /** A little-endian integer of 1, 2, 4 or 8 bytes. */
    void putInteger(long value, int width) throws LimitExceededException {
        switch (width) {
            case Byte.BYTES -> putByte((int) value);
            case Short.BYTES -> putShort((int) value);
            case Integer.BYTES -> putInt((int) value);
            default -> putLong(value);
        }
    }

    void putBytes(byte[] bytes, int count) throws LimitExceededException {
        NativeMemory.copy(bytes, 0, reserve(count), count);
    }

    void putZeros(long count) throws LimitExceededException {
        NativeMemory.fill(reserve(count), count, (byte) 0);
    }

    /** Appends bit number {@link #elements()} and counts it. */
    void putBit(boolean set) throws LimitExceededException {
        int bit = (int) (elements & 7);
        if (bit == 0) {
            putByte(0);
        }
        if (set) {
            long last = address + length - 1;
            NativeMemory.putByte(last, (byte) (NativeMemory.getByte(last) | 1 << bit));
        }
        elements++;
    }

    boolean bit(long index) {
        return (NativeMemory.getByte(address + (index >>> 3)) >>> (index & 7) & 1) != 0;
    }

    /** Makes room for {@code bytes} more and says where it is. */
    private long reserve(long bytes) throws LimitExceededException {
        long at = length;
        if (bytes > capacity - at) {
            capacity = owner.grow(slot, at, at + bytes);
            address = owner.address(slot);
        }
        length = at + bytes;
        return address + at;
    }
}
