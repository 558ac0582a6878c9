package io.lightstream.codec.memory;

import java.nio.ByteBuffer;

/**
 * Memory taken from the operating system. Direct byte buffers are its source wherever they reach, so that
 * {@code -XX:MaxDirectMemorySize} bounds it; they are freed explicitly, not when the garbage collector finds them. (An
 * {@code Arena} is bounded too, but closing it stops every thread for a moment.)
 */
abstract class NativeBlock {

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
        return padded <= Integer.MAX_VALUE && NativeMemory.canFreeBuffers()
                ? new OfBuffer(ByteBuffer.allocateDirect((int) padded), length, alignment)
                : new OfLargeAllocation(NativeMemory.allocate(padded), length, alignment);
    }

    long address() {
        return address;
    }

    long length() {
        return length;
    }

    /** To be called exactly once. */
    abstract void free();

    private static final class OfBuffer extends NativeBlock {
        private final ByteBuffer buffer;

        OfBuffer(ByteBuffer buffer, long length, int alignment) {
            super(NativeMemory.addressOf(buffer), length, alignment);
            this.buffer = buffer;
        }

        @Override
        void free() {
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
        void free() {
            allocation.free().run();
        }
    }
}
