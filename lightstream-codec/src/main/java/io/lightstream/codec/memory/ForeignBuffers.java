package io.lightstream.codec.memory;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.OutOfMemoryException;

/**
 * Arrow buffers over memory that no Arrow allocator made: a mapping, shared memory, a network library's buffer. They are
 * charged to no allocator, can be moved to allocators of any root, and work in vectors: slicing, {@code splitAndTransfer}
 * and transfers included. Thread-safe.
 */
public final class ForeignBuffers {

    private ForeignBuffers() {}

    /**
     * A buffer with one reference, readable from end to end.
     *
     * @param address where the memory starts; it stays valid until {@code onRelease}
     * @param length in bytes
     * @param onRelease called exactly once, by the thread that releases the last reference to the buffer or to anything
     *     derived from it
     * @throws IllegalArgumentException if {@code length} is negative; {@code onRelease} is not called then
     */
    public static ArrowBuf wrap(long address, long length, Runnable onRelease) {
        if (length < 0) {
            throw new IllegalArgumentException("length of foreign memory: expected 0 or more bytes, found " + length);
        }
        return buffer(new ForeignReferences(new ReferenceCount(onRelease), length, null), address, length);
    }

    /** A buffer that is readable from end to end and takes over a reference. */
    static ArrowBuf buffer(ForeignReferences references, long address, long length) {
        ArrowBuf buffer = new ArrowBuf(references, null, length, address);
        buffer.writerIndex(length);
        return buffer;
    }

    /**
     * A buffer over the remaining bytes of a direct byte buffer, which is kept reachable until the last reference is
     * released. Nothing is copied.
     *
     * @throws IllegalArgumentException if the buffer is not direct
     */
    public static ArrowBuf wrap(ByteBuffer direct) {
        long address = NativeMemory.addressOf(direct) + direct.position();
        return wrap(address, direct.remaining(), new Reachable(direct));
    }

    /**
     * A 64-byte aligned copy of part of an array, outside the heap and charged to no allocator.
     *
     * @throws IndexOutOfBoundsException if the range is not inside the array
     * @throws OutOfMemoryException if there is no native memory for it
     */
    public static ArrowBuf copyOf(byte[] bytes, int from, int length) {
        Objects.checkFromIndexSize(from, length, bytes.length);
        NativeBlock block = allocate(length);
        NativeMemory.copy(bytes, from, block.address(), length);
        return wrap(block.address(), length, block::free);
    }

    /** Memory outside any allocator, with the exception that Arrow's allocators throw. */
    static NativeBlock allocate(long length) {
        try {
            return NativeBlock.allocate(length, SizeClasses.ALIGNMENT);
        } catch (OutOfMemoryError e) {
            throw new OutOfMemoryException("native memory: expected " + length + " bytes, found less", e);
        }
    }

    /**
     * A validity buffer for {@code bits} rows without nulls. Every such buffer in the process shares the same memory, which
     * is never freed, so it costs nothing to make, retain or release.
     *
     * <p>Nobody may write to it, which a vector that holds it does when a value is set to null. Bits behind the last row
     * are set too.
     *
     * @throws OutOfMemoryException if there is no native memory for so many bits
     */
    public static ArrowBuf allOnes(long bits) {
        return AllOnes.buffer(bits);
    }

    /** Does nothing on release: it is what keeps the buffer from being collected until then. */
    private record Reachable(ByteBuffer direct) implements Runnable {
        @Override
        public void run() {}
    }
}
