package io.lightstream.codec.memory;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Memory taken from the operating system. Direct byte buffers are its source wherever they reach, so that
 * {@code -XX:MaxDirectMemorySize} bounds it; they are freed explicitly, not when the garbage collector finds them. (An
 * {@code Arena} is bounded too, but closing it stops every thread for a moment.)
 */
abstract class NativeBlock {

    /**
     * Keeps every block from being collected before it is freed. A view knows only an address, so that memory which the
     * garbage collector freed would turn a forgotten close into a crash instead of a leak.
     */
    private static final Set<NativeBlock> LIVE = ConcurrentHashMap.newKeySet();

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
        long padded = length + alignment;
        NativeBlock block = padded <= Integer.MAX_VALUE && NativeMemory.canFreeBuffers()
                ? new OfBuffer(ByteBuffer.allocateDirect((int) padded), length, alignment)
                : new OfLargeAllocation(NativeMemory.allocate(padded), length, alignment);
        LIVE.add(block);
        return block;
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
    }

    abstract void freeMemory();

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
    }
}
