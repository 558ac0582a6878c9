package io.lightstream.codec.memory;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.BufferLedger;
import org.apache.arrow.memory.OutOfMemoryException;

/**
 * Memory for record batches that follow each other: the block that one batch gave up serves the next, where an allocation would
 * have the same size. A stream of similar batches then makes no Arrow buffer, nor any of the objects behind one, for each of them.
 *
 * <p>At most one block lies idle, of {@link #LARGEST_KEPT} bytes at most; it stays charged to the allocator until a batch of
 * another size comes, or until {@link #close}. Reused is only memory that nobody else knows of: once a batch's memory was moved
 * to another allocator or given out as an Arrow buffer, it goes its own way. In debug mode nothing is reused, because released
 * memory is overwritten there.
 *
 * <p>One thread allocates and closes; batches may be released by any.
 */
public final class ReusedMemory implements AutoCloseable {
    /** Most bytes of an idle block. For a larger body, the objects of a new buffer are nothing beside its bytes. */
    public static final long LARGEST_KEPT = 4 << 20;

    private static final MemoryOwner[] NOTHING = {};
    private static final MemoryOwner[] CLOSED = {};

    private final BufferAllocator allocator;
    private final AtomicReference<MemoryOwner[]> idle = new AtomicReference<>(NOTHING);

    /**
     * @param allocator where the memory comes from; borrowed
     */
    public ReusedMemory(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /**
     * Memory of at least {@code bytes} bytes in one block, with one reference that belongs to the caller.
     *
     * @throws OutOfMemoryException over the allocator's limit; nothing lies idle then
     */
    public BatchMemory allocate(long bytes) {
        MemoryOwner[] block = takeIdle();
        if (block.length > 0) {
            if (allocator.getRoundingPolicy().getRoundedSize(bytes) == block[0].length()) {
                return BatchMemory.reusable(block, this);
            }
            // First, so that the two are never there together.
            release(block);
        }
        ArrowBuf buffer = allocator.buffer(bytes);
        block = new MemoryOwner[] {MemoryOwner.of(buffer)};
        return isReusable(buffer) ? BatchMemory.reusable(block, this) : BatchMemory.of(block);
    }

    private MemoryOwner[] takeIdle() {
        MemoryOwner[] block = Objects.requireNonNull(idle.get());
        return block.length > 0 && idle.compareAndSet(block, NOTHING) ? block : NOTHING;
    }

    private static boolean isReusable(ArrowBuf block) {
        return block.capacity() > 0
                && block.capacity() <= LARGEST_KEPT
                && block.getReferenceManager() instanceof BufferLedger ledger
                && !(ledger.getAllocationManager() instanceof PooledAllocation pooled && pooled.isTraced());
    }

    /** Takes a block back, with its only reference. */
    void giveBack(MemoryOwner[] block) {
        if (!idle.compareAndSet(NOTHING, block)) {
            release(block);
        }
    }

    /** Gives up what lies idle; blocks that come back afterwards are given up as well. Idempotent. */
    @Override
    public void close() {
        release(Objects.requireNonNull(idle.getAndSet(CLOSED)));
    }

    private static void release(MemoryOwner[] block) {
        for (MemoryOwner owner : block) {
            owner.release();
        }
    }
}
