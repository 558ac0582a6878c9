package io.lightstream.codec.build;

import io.lightstream.codec.Alignment;
import io.lightstream.codec.memory.NativeMemory;
import org.apache.arrow.memory.ArrowBuf;
import org.jspecify.annotations.Nullable;

/**
 * Memory that doubles when it is full. Owns one Arrow buffer, until that is handed over.
 *
 * <p>Starts on a 64-byte boundary whatever the allocator does, and has whole multiples of 64 bytes, so that there is always
 * room for padding.
 */
final class GrowableBuffer {
    private static final long FIRST_BYTES = 1024;

    private final BuilderMemory memory;
    private @Nullable ArrowBuf owner;
    private long address;
    private long capacity;

    /** What the last batch needed: batches of a stream are mostly alike. */
    private long firstBytes = FIRST_BYTES;

    GrowableBuffer(BuilderMemory memory) {
        this.memory = memory;
    }

    /** Of the first byte; changes when the buffer grows. */
    long address() {
        return address;
    }

    /** Bytes. */
    long capacity() {
        return capacity;
    }

    /**
     * Makes room for {@code needed} bytes, keeping the first {@code used}.
     *
     * @throws org.apache.arrow.memory.OutOfMemoryException where the allocator has no more; nothing has changed then
     */
    void reserve(long used, long needed) {
        if (needed > capacity) {
            grow(used, needed);
        }
    }

    private void grow(long used, long needed) {
        long wanted = Alignment.roundUp(Math.max(needed, owner == null ? firstBytes : 2 * capacity));
        ArrowBuf fresh = alignable(wanted);
        long start = Alignment.roundUp(fresh.memoryAddress());
        NativeMemory.copy(address, start, used);
        close();
        owner = fresh;
        address = start;
        capacity = (fresh.memoryAddress() + fresh.capacity() - start) & -Alignment.BYTES;
    }

    /** A buffer with {@code bytes} behind its first 64-byte boundary: allocators other than ours may start anywhere. */
    private ArrowBuf alignable(long bytes) {
        ArrowBuf fresh = memory.buffer(bytes);
        if (fresh.memoryAddress() % Alignment.BYTES == 0) {
            return fresh;
        }
        fresh.close();
        return memory.buffer(bytes + Alignment.BYTES);
    }

    /**
     * Gives the first {@code used} bytes to a batch, followed by zeros up to the next boundary, and starts anew; or shares
     * them and goes on behind them.
     *
     * @param buffers takes address and length at {@code 2 * index}
     */
    void handOver(long[] buffers, int index, long used, Handover to) {
        if (owner == null || used == 0) {
            return;
        }
        NativeMemory.fill(address + used, Alignment.roundUp(used) - used, (byte) 0);
        buffers[2 * index] = address;
        buffers[2 * index + 1] = used;
        if (to.shares()) {
            owner.getReferenceManager().retain();
            to.add(owner);
        } else {
            to.add(owner);
            forget();
            firstBytes = Alignment.roundUp(used);
        }
    }

    void close() {
        if (owner != null) {
            owner.close();
            forget();
        }
    }

    private void forget() {
        owner = null;
        address = 0;
        capacity = 0;
    }
}
