package io.lightstream.codec.memory;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory taken from the operating system. Direct byte buffers are its source wherever they reach, so that the JVM holds it
 * against {@code -XX:MaxDirectMemorySize}; they are freed explicitly, not when the garbage collector finds them. What they
 * cannot give comes from an {@code Arena} or from Unsafe, for which the JVM knows no bound: we keep to it ourselves, since the
 * length may be what a hostile peer has claimed, and an {@code Arena} touches every page of it.
 */
abstract class NativeBlock {

    /**
     * Keeps every block from being collected before it is freed. A view knows only an address, so that memory which the
     * garbage collector freed would turn a forgotten close into a crash instead of a leak.
     */
    private static final Set<NativeBlock> LIVE = ConcurrentHashMap.newKeySet();

    private static final AtomicLong TAKEN = new AtomicLong();

    /** Those among them that the JVM does not count. */
    private static final AtomicLong UNCOUNTED = new AtomicLong();

    private final long address;
    private final long length;

    private NativeBlock(long allocatedAt, long length, int alignment) {
        this.address = (allocatedAt + alignment - 1) & -alignment;
        this.length = length;
    }

    /**
     * @param alignment a power of two
     * @throws OutOfMemoryError if the JVM's limit or the machine has no more
     */
    static NativeBlock allocate(long length, int alignment) {
        if (length > Long.MAX_VALUE - alignment) {
            throw new OutOfMemoryError("cannot allocate " + length + " bytes");
        }
        boolean counted = length <= Integer.MAX_VALUE - alignment && NativeMemory.canFreeBuffers();
        charge(length, counted);
        try {
            NativeBlock block = counted
                    ? new OfBuffer(ByteBuffer.allocateDirect((int) length + alignment), length, alignment)
                    : new OfLargeAllocation(NativeMemory.allocate(length + alignment), length, alignment);
            LIVE.add(block);
            return block;
        } catch (Throwable e) {
            discharge(length, counted);
            throw e;
        }
    }

    /** Bytes of all blocks of this process. */
    static long taken() {
        return TAKEN.get();
    }

    /** Where the JVM counts everything it can be left to it; the limit takes long to find out. */
    private static void charge(long length, boolean counted) {
        long taken = TAKEN.addAndGet(length);
        long uncounted = UNCOUNTED.addAndGet(counted ? 0 : length);
        if (uncounted > 0 && (taken < 0 || taken > DirectMemoryLimit.bytes())) {
            discharge(length, counted);
            throw new OutOfMemoryError("cannot allocate " + length + " bytes of native memory: at most "
                    + DirectMemoryLimit.bytes() + " by -XX:MaxDirectMemorySize, "
                    + (taken - length) + " in use");
        }
    }

    private static void discharge(long length, boolean counted) {
        TAKEN.addAndGet(-length);
        UNCOUNTED.addAndGet(counted ? 0 : -length);
    }

    long address() {
        return address;
    }

    long length() {
        return length;
    }

    /** To be called exactly once. */
    final void free() {
        if (!LIVE.remove(this)) {
            throw new IllegalStateException("native memory freed twice");
        }
        freeMemory();
        discharge(length, isCounted());
    }

    abstract void freeMemory();

    /** Whether the JVM holds it against its limit. */
    abstract boolean isCounted();

    private static final class OfBuffer extends NativeBlock {
        private final ByteBuffer buffer;

        OfBuffer(ByteBuffer buffer, long length, int alignment) {
            super(NativeMemory.addressOf(buffer), length, alignment);
            this.buffer = buffer;
        }

        @Override
        void freeMemory() {
            NativeMemory.free(buffer);
        }

        @Override
        boolean isCounted() {
            return true;
        }
    }

    private static final class OfLargeAllocation extends NativeBlock {
        private final BufferViews.LargeAllocation allocation;

        OfLargeAllocation(BufferViews.LargeAllocation allocation, long length, int alignment) {
            super(allocation.address(), length, alignment);
            this.allocation = allocation;
        }

        @Override
        void freeMemory() {
            allocation.free().run();
        }

        @Override
        boolean isCounted() {
            return false;
        }
    }
}
