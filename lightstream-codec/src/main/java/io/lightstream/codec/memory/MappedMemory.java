package io.lightstream.codec.memory;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** A mapped part of a file, unmapped with the last reference: its own, or one of an Arrow buffer made of it. */
final class MappedMemory extends MemoryOwner {
    private final MappedRange range;
    private final long address;
    private final long length;
    private final ForeignReferences references;

    /** With one reference, which belongs to the caller. */
    MappedMemory(MappedRange range, long length) {
        this.range = range;
        this.address = range.address();
        this.length = length;
        this.references = new ForeignReferences(length, range);
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
        references.retain();
    }

    @Override
    public void release() {
        references.release();
    }

    @Override
    public ArrowBuf slice(long at, long sliceLength) {
        retain();
        return ForeignBuffers.buffer(references, address + at, sliceLength);
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
