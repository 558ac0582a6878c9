package io.lightstream.codec.memory;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OwnershipTransferResult;
import org.apache.arrow.memory.ReferenceManager;

/**
 * References to memory that lives as long as the process: nothing to count. Unlike {@link ReferenceManager#NO_OP}, which
 * returns the source, it makes slices that are slices.
 */
final class PermanentReferences implements ReferenceManager {

    private final long length;

    PermanentReferences(long length) {
        this.length = length;
    }

    @Override
    public int getRefCount() {
        return 1;
    }

    @Override
    public boolean release() {
        return false;
    }

    @Override
    public boolean release(int decrement) {
        return false;
    }

    @Override
    public void retain() {}

    @Override
    public void retain(int increment) {}

    @Override
    public ArrowBuf retain(ArrowBuf source, BufferAllocator target) {
        return Derived.whole(this, source);
    }

    @Override
    public ArrowBuf deriveBuffer(ArrowBuf source, long index, long length) {
        return Derived.part(this, source, index, length);
    }

    @Override
    public OwnershipTransferResult transferOwnership(ArrowBuf source, BufferAllocator target) {
        return new Derived.Transferred(Derived.whole(this, source));
    }

    @Override
    public BufferAllocator getAllocator() {
        return ForeignReferences.Unaccounted.ALLOCATOR;
    }

    @Override
    public long getSize() {
        return length;
    }

    @Override
    public long getAccountedSize() {
        return 0;
    }
}
