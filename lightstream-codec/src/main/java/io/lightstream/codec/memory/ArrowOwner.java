package io.lightstream.codec.memory;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.ReferenceManager;
import org.jspecify.annotations.Nullable;

/** Memory that is an Arrow buffer. */
final class ArrowOwner extends MemoryOwner {
    private final ArrowBuf buffer;

    ArrowOwner(ArrowBuf buffer) {
        this.buffer = buffer;
    }

    @Override
    public long address() {
        return buffer.memoryAddress();
    }

    @Override
    public long length() {
        return buffer.capacity();
    }

    @Override
    public void retain() {
        buffer.getReferenceManager().retain();
    }

    @Override
    public void release() {
        buffer.getReferenceManager().release();
    }

    @Override
    public ArrowBuf slice(long at, long length) {
        ReferenceManager manager = buffer.getReferenceManager();
        manager.retain();
        ArrowBuf slice = manager.deriveBuffer(buffer, at, length);
        slice.writerIndex(length);
        return slice;
    }

    @Override
    @Nullable
    MappedRange mapping() {
        return ForeignReferences.mappingOf(buffer);
    }

    @Override
    long retainedBytes() {
        return buffer.getReferenceManager().getSize();
    }

    @Override
    long chargedBytes() {
        return buffer.getReferenceManager().getAccountedSize();
    }

    @Override
    MemoryOwner transferTo(BufferAllocator target) {
        return new ArrowOwner(OwnerTransfer.to(target, buffer));
    }
}
