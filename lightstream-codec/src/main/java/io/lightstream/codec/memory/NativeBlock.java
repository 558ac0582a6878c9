package io.lightstream.codec.memory;

import java.nio.ByteBuffer;

/**
 * Memory taken from the operating system. Direct byte buffers are its source wherever they reach, so that
 * {@code -XX:MaxDirectMemorySize} bounds it; they are freed explicitly, not when the garbage collector finds them.
 */
final class NativeBlock {

    private final long address;
    private final long length;
    private final Runnable free;

    private NativeBlock(long address, long length, Runnable free) {
        this.address = address;
        this.length = length;
        this.free = free;
    }

    /**
     * @param alignment a power of two
     * @throws OutOfMemoryError if the JVM's limit or the machine has no more
     */
    static NativeBlock allocate(long length, int alignment) {
        long padded = Math.addExact(length, alignment);
        if (padded <= Integer.MAX_VALUE) {
            ByteBuffer buffer = ByteBuffer.allocateDirect((int) padded);
            return new NativeBlock(
                    aligned(NativeMemory.addressOf(buffer), alignment), length, () -> NativeMemory.free(buffer));
        }
        BufferViews.LargeAllocation allocation = NativeMemory.allocate(padded);
        return new NativeBlock(aligned(allocation.address(), alignment), length, allocation.free());
    }

    private static long aligned(long address, int alignment) {
        return (address + alignment - 1) & -alignment;
    }

    long address() {
        return address;
    }

    long length() {
        return length;
    }

    /** To be called exactly once. */
    void free() {
        free.run();
    }
}
