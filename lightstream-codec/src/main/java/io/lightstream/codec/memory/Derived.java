package io.lightstream.codec.memory;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.OwnershipTransferResult;
import org.apache.arrow.memory.ReferenceManager;

/** Buffers made from other buffers of a reference manager that belongs to no allocator. */
final class Derived {

    private Derived() {}

    static ArrowBuf part(ReferenceManager manager, ArrowBuf source, long index, long length) {
        return new ArrowBuf(manager, null, length, source.memoryAddress() + index);
    }

    static ArrowBuf whole(ReferenceManager manager, ArrowBuf source) {
        ArrowBuf copy = part(manager, source, 0, source.capacity());
        copy.readerIndex(source.readerIndex());
        copy.writerIndex(source.writerIndex());
        return copy;
    }

    /** A transfer that always fits, because it charges nobody. */
    record Transferred(ArrowBuf buffer) implements OwnershipTransferResult {
        @Override
        public boolean getAllocationFit() {
            return true;
        }

        @Override
        public ArrowBuf getTransferredBuffer() {
            return buffer;
        }
    }
}
