package io.lightstream.codec;

import io.lightstream.codec.memory.BatchMemory;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Moves the memory of a batch and of its dictionaries to another allocator, each once, and tells where the bytes are then. */
final class MemoryMove {
    private final BufferAllocator allocator;
    private final IdentityHashMap<BatchMemory, BatchMemory.Transfer> transfers = new IdentityHashMap<>();

    MemoryMove(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /** What keeps the bytes of {@code source} alive after the move. */
    BatchMemory target(BatchMemory source) {
        return transfer(source).memory();
    }

    /** Where the byte at {@code address} of {@code source} is now. */
    long translate(BatchMemory source, long address) {
        return transfer(source).addresses().applyAsLong(address);
    }

    /** Everything that was moved; the caller owns one reference of each. */
    List<BatchMemory> targets() {
        return transfers.values().stream().map(BatchMemory.Transfer::memory).toList();
    }

    /** Gives up what was moved so far. */
    void undo() {
        targets().forEach(BatchMemory::release);
    }

    private BatchMemory.Transfer transfer(BatchMemory source) {
        BatchMemory.Transfer known = transfers.get(source);
        if (known == null) {
            known = source.transferTo(allocator);
            transfers.put(source, known);
        }
        return known;
    }
}
