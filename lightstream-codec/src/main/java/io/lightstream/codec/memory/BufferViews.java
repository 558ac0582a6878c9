package io.lightstream.codec.memory;

import java.nio.ByteBuffer;

/**
 * How this JVM makes byte buffers over addresses, and the two native memory operations that need a class which is not in
 * every supported JDK. {@link SegmentViews} on Java 22 and newer, {@link UnsafeViews} before.
 */
interface BufferViews {

    /** A little-endian buffer over memory that the caller has checked to be at most {@link NativeMemory#LONGEST_VIEW} long. */
    ByteBuffer view(long address, long length);

    /** As {@link #view}, refusing writes. */
    ByteBuffer readOnlyView(long address, long length);

    /** The address of index 0 of a direct buffer. */
    long addressOf(ByteBuffer direct);

    /**
     * Takes memory that is too long for a {@link ByteBuffer}.
     *
     * @throws OutOfMemoryError if there is not enough
     */
    LargeAllocation allocate(long length);

    /** Memory of any length; {@code free} must run exactly once. */
    record LargeAllocation(long address, Runnable free) {}
}
