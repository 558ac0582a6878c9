package io.lightstream.codec.memory;

import org.apache.arrow.memory.AllocationManager;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.ReferenceManager;

/** Makes Arrow's allocators take their memory from the pool. */
final class PooledAllocations implements AllocationManager.Factory {

    private static final ArrowBuf EMPTY = new ArrowBuf(ReferenceManager.NO_OP, null, 0, SizeClasses.ALIGNMENT);

    private final MemoryPool pool;
    private final LeakTracker leaks;

    PooledAllocations(MemoryPool pool, LeakTracker leaks) {
        this.pool = pool;
        this.leaks = leaks;
    }

    @Override
    public AllocationManager create(BufferAllocator accountedTo, long size) {
        PooledBlock block = pool.allocate(size);
        try {
            PooledAllocation allocation = new PooledAllocation(accountedTo, block, leaks);
            leaks.allocated(allocation, accountedTo);
            return allocation;
        } catch (RuntimeException | Error e) {
            block.release();
            throw e;
        }
    }

    /** Never null, because Arrow hands it out for every request of zero bytes. Its address is aligned and not accessed. */
    @Override
    public ArrowBuf empty() {
        return EMPTY;
    }
}
