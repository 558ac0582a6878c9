package io.lightstream.codec.build;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** Where the builders of one batch get their memory; none after close, so that a builder kept for too long cannot leak any. */
final class BuilderMemory {
    private final BufferAllocator allocator;
    private boolean closed;

    BuilderMemory(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    ArrowBuf buffer(long bytes) {
        checkOpen();
        return allocator.buffer(bytes);
    }

    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the batch builder is closed");
        }
    }

    void close() {
        closed = true;
    }
}
