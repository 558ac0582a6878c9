package io.lightstream.formats.json;

import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.NativeMemory;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** The memory of one batch or dictionary while it is read: counts it, and gives it up where reading fails. */
final class BatchBuffers implements AutoCloseable {
    private static final long SMALLEST = 256;

    private final BufferAllocator allocator;
    private final JsonInput input;
    private final String limitName;
    private final long limit;
    private final List<ArrowBuf> buffers = new ArrayList<>();
    private long bytes;

    /**
     * @param limitName of {@link io.lightstream.codec.ReadLimits}
     * @param limit on all buffers together, in bytes
     */
    BatchBuffers(BufferAllocator allocator, JsonInput input, String limitName, long limit) {
        this.allocator = allocator;
        this.input = input;
        this.limitName = limitName;
        this.limit = limit;
    }

    /** An empty buffer; takes no memory before something is put there. */
    NativeBuffer newBuffer() {
        buffers.add(allocator.getEmpty());
        return new NativeBuffer(this, buffers.size() - 1);
    }

    /** Replaces the memory of a buffer by more of it and returns how much there is now. */
    long grow(int slot, long used, long needed) throws LimitExceededException {
        ArrowBuf before = buffers.get(slot);
        long more = Math.max(needed, Math.max(SMALLEST, 2 * before.capacity()));
        long total = bytes - before.capacity() + needed;
        if (total > limit) {
            throw input.over(limitName, limit, total);
        }
        ArrowBuf grown = allocator.buffer(more);
        NativeMemory.copy(before.memoryAddress(), grown.memoryAddress(), used);
        buffers.set(slot, grown);
        bytes += grown.capacity() - before.capacity();
        before.close();
        return grown.capacity();
    }

    long address(int slot) {
        return buffers.get(slot).memoryAddress();
    }

    /** Bytes taken so far. */
    long bytes() {
        return bytes;
    }

    /** The finished memory, one reference of which is the caller's; then nothing is left here to close. */
    BatchMemory finish() {
        ArrowBuf[] used = buffers.stream().filter(b -> b.capacity() > 0).toArray(ArrowBuf[]::new);
        buffers.clear();
        return BatchMemory.of(used);
    }

    @Override
    public void close() {
        buffers.forEach(ArrowBuf::close);
        buffers.clear();
    }
}
