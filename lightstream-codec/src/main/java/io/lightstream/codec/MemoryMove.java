package io.lightstream.codec;

import io.lightstream.codec.memory.BatchMemory;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;

/** Moves the memory of a batch and of its dictionaries to another allocator, each once, and tells where the bytes are then. */
final class MemoryMove {
    private final BufferAllocator allocator;
    private final Map<BatchMemory, BatchMemory> targets = new IdentityHashMap<>();

    MemoryMove(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /** What keeps the bytes of {@code source} alive after the move. */
    BatchMemory target(BatchMemory source) {
        BatchMemory known = targets.get(source);
        if (known == null) {
            known = source.transferTo(allocator);
            targets.put(source, known);
        }
        return known;
    }

    /** Where the byte at {@code address} of {@code source} is now. */
    long translate(BatchMemory source, long address) {
        return target(source).translate(address);
    }

    /** Everything that was moved; the caller owns one reference of each. */
    List<BatchMemory> targets() {
        return new ArrayList<>(targets.values());
    }

    /** Gives up what was moved so far. */
    void undo() {
        targets.values().forEach(BatchMemory::release);
    }
}
