package io.lightstream.codec.memory;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** A mapped part of a file, unmapped with the last reference: its own, or one of an Arrow buffer made of it. */
final class MappedMemory extends MemoryOwner {
    private final MappedRange range;
    private final long address;
    private final long length;
    private final ReferenceCount references;

    /** With one reference, which belongs to the caller. */
    MappedMemory(MappedRange range, long length) {
        this.range = range;
        this.address = range.address();
        this.length = length;
        this.references = new ReferenceCount(new Unmapping(range));
    }

    /** No lambda: each takes a cold process about half a millisecond, this a tenth. */
    private record Unmapping(MappedRange range) implements Runnable {
        @Override
        public void run() {
            range.unmap();
        }
    }

    @Override
    public long address() {
        return address;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void retain() {
        references.retain(1);
    }

    @Override
    public void release() {
        references.release(1);
    }

    @Override
    public ArrowBuf slice(long at, long sliceLength) {
        retain();
        return ForeignBuffers.buffer(new ForeignReferences(references, length, range), address + at, sliceLength);
    }

    @Override
    MappedRange mapping() {
        return range;
    }

    @Override
    long retainedBytes() {
        return length;
    }

    @Override
    long chargedBytes() {
        return 0;
    }

    /** Adds a reference, as no allocator is charged. */
    @Override
    MemoryOwner transferTo(BufferAllocator target) {
        retain();
        return this;
    }
}
