package io.lightstream.codec.memory;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OwnershipTransferResult;
import org.apache.arrow.memory.ReferenceManager;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Counts the references to memory that no Arrow allocator made. One count serves all allocators: the memory is charged to
 * none of them, so moving it between them, even between roots, only adds a reference.
 */
final class ForeignReferences implements ReferenceManager {

    private final AtomicInteger references = new AtomicInteger(1);
    private final long length;
    private final Runnable onRelease;
    private final @Nullable MappedRange mapped;

    ForeignReferences(long length, Runnable onRelease) {
        this.length = length;
        this.onRelease = onRelease;
        this.mapped = null;
    }

    ForeignReferences(long length, MappedRange mapped) {
        this.length = length;
        this.onRelease = new Unmapping(mapped);
        this.mapped = mapped;
    }

    /** The mapping behind the buffer; null where there is none. */
    static @Nullable MappedRange mappingOf(ArrowBuf buffer) {
        return buffer.getReferenceManager() instanceof ForeignReferences references ? references.mapped : null;
    }

    @Override
    public int getRefCount() {
        return references.get();
    }

    @Override
    public boolean release() {
        return release(1);
    }

    @Override
    public boolean release(int decrement) {
        if (decrement < 1) {
            throw new IllegalArgumentException("references to release: expected 1 or more, found " + decrement);
        }
        int before;
        do {
            before = references.get();
            if (before < decrement) {
                throw new IllegalStateException(
                        "references to foreign memory: expected at least " + decrement + ", found " + before);
            }
        } while (!references.compareAndSet(before, before - decrement));
        if (before > decrement) {
            return false;
        }
        onRelease.run();
        return true;
    }

    @Override
    public void retain() {
        retain(1);
    }

    @Override
    public void retain(int increment) {
        if (increment < 1) {
            throw new IllegalArgumentException("references to add: expected 1 or more, found " + increment);
        }
        int before;
        do {
            before = references.get();
            if (before == 0) {
                throw new IllegalStateException("foreign memory was already released");
            }
        } while (!references.compareAndSet(before, Math.addExact(before, increment)));
    }

    @Override
    public ArrowBuf retain(ArrowBuf source, BufferAllocator target) {
        retain();
        return Derived.whole(this, source);
    }

    @Override
    public ArrowBuf deriveBuffer(ArrowBuf source, long index, long length) {
        return Derived.part(this, source, index, length);
    }

    @Override
    public OwnershipTransferResult transferOwnership(ArrowBuf source, BufferAllocator target) {
        return new Derived.Transferred(retain(source, target));
    }

    @Override
    public BufferAllocator getAllocator() {
        return Unaccounted.ALLOCATOR;
    }

    @Override
    public long getSize() {
        return length;
    }

    /** Zero: no allocator is charged. */
    @Override
    public long getAccountedSize() {
        return 0;
    }

    /** No lambda: making the first ones is a good part of what a cold process takes to map a file. */
    private record Unmapping(MappedRange mapped) implements Runnable {
        @Override
        public void run() {
            mapped.unmap();
        }
    }

    /** The allocator that answers for foreign memory, to code that asks for a name or a root. It can allocate nothing. */
    static final class Unaccounted {
        static final BufferAllocator ALLOCATOR = new RootAllocator(0);

        private Unaccounted() {}
    }
}
