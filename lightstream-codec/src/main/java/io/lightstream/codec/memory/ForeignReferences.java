package io.lightstream.codec.memory;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OwnershipTransferResult;
import org.apache.arrow.memory.ReferenceManager;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/**
 * What Arrow asks about memory that no Arrow allocator made. One count of references serves all allocators: the memory is charged
 * to none of them, so moving it between them, even between roots, only adds a reference.
 */
final class ForeignReferences implements ReferenceManager {

    private final ReferenceCount references;
    private final long length;
    private final @Nullable MappedRange mapped;

    ForeignReferences(ReferenceCount references, long length, @Nullable MappedRange mapped) {
        this.references = references;
        this.length = length;
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
        return references.release(decrement);
    }

    @Override
    public void retain() {
        retain(1);
    }

    @Override
    public void retain(int increment) {
        references.retain(increment);
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

    /** The allocator that answers for foreign memory, to code that asks for a name or a root. It can allocate nothing. */
    static final class Unaccounted {
        static final BufferAllocator ALLOCATOR = new RootAllocator(0);

        private Unaccounted() {}
    }
}
