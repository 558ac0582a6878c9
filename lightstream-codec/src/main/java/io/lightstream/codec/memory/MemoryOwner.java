package io.lightstream.codec.memory;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.jspecify.annotations.Nullable;

/**
 * One piece of memory that batches point into, counted by references: an Arrow buffer, or a mapped part of a file. It stays valid
 * until the last reference is released. Thread-safe.
 *
 * <p>A mapping is not an Arrow buffer to begin with, because the first of these in a process initialises Arrow's allocators and
 * looks for a logger on the whole class path, which took a third of the time from the start of a process to its first mapped
 * batch. {@link #slice} makes one when somebody asks.
 */
public abstract sealed class MemoryOwner permits ArrowOwner, MappedMemory {
    MemoryOwner() {}

    /** The memory of an Arrow buffer, whose references are those of the buffer's reference manager. None is added. */
    public static MemoryOwner of(ArrowBuf buffer) {
        return new ArrowOwner(buffer);
    }

    static MemoryOwner[] of(ArrowBuf[] buffers) {
        MemoryOwner[] owners = new MemoryOwner[buffers.length];
        for (int i = 0; i < buffers.length; i++) {
            owners[i] = of(buffers[i]);
        }
        return owners;
    }

    /** Where it begins. */
    public abstract long address();

    /** Bytes from {@link #address()} on. */
    public abstract long length();

    /**
     * Adds a reference; somebody has to release it.
     *
     * @throws IllegalStateException if the last one was already released
     */
    public abstract void retain();

    /**
     * Gives up a reference, and with the last one the memory.
     *
     * @throws IllegalStateException if it was released more often than retained
     */
    public abstract void release();

    /**
     * An Arrow buffer over part of it, with a reference of its own.
     *
     * @param at offset of the first byte; the part lies inside of this memory
     */
    public abstract ArrowBuf slice(long at, long length);

    /** Whether it is a mapped file, see {@link FileMappings}. */
    public final boolean isMapped() {
        return mapping() != null;
    }

    /** The mapping that it lies in; null where it lies in none. */
    abstract @Nullable MappedRange mapping();

    /** Bytes that stay allocated with it: the whole block, whatever part of it this is. */
    abstract long retainedBytes();

    /** Bytes that allocators are charged for it. */
    abstract long chargedBytes();

    /**
     * The same bytes charged to another allocator, with one reference; see {@link BatchMemory#transferTo}.
     *
     * @throws OutOfMemoryException if the target's limit does not allow it
     */
    abstract MemoryOwner transferTo(BufferAllocator target);
}
