package io.lightstream.codec.memory;

import org.apache.arrow.memory.AllocationManager;
import org.apache.arrow.memory.BufferAllocator;

/** A block of the pool as Arrow's allocators see it. */
final class PooledAllocation extends AllocationManager {

    private final PooledBlock block;
    private final LeakTracker leaks;

    PooledAllocation(BufferAllocator accountedTo, PooledBlock block, LeakTracker leaks) {
        super(accountedTo);
        this.block = block;
        this.leaks = leaks;
    }

    /** Whether somebody wants to know when this memory is given back. */
    boolean isTraced() {
        return leaks != LeakTracker.OFF;
    }

    @Override
    public long getSize() {
        return block.length();
    }

    @Override
    protected long memoryAddress() {
        return block.address();
    }

    @Override
    protected void release0() {
        leaks.released(this);
        block.release();
    }
}
