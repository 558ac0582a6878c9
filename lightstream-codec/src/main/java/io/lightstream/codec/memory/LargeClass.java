package io.lightstream.codec.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The blocks of one size above {@link SizeClasses#LARGEST_IN_SLAB}, each a native allocation of its own. The block
 * released last is handed out first: its pages are the likeliest to be in the caches.
 */
final class LargeClass {

    private final LargeBlocks owner;
    private final long blockLength;

    private final ReentrantLock lock = new ReentrantLock();
    private Block[] free = new Block[4];
    private int freeCount;
    private long allocations;
    private long poolHits;
    private long releases;

    /** When this class was last asked for a block, in the ticks of its owner. */
    private volatile long lastUse;

    LargeClass(LargeBlocks owner, long blockLength) {
        this.owner = owner;
        this.blockLength = blockLength;
    }

    PooledBlock allocate(long tick) {
        lastUse = tick;
        lock.lock();
        try {
            if (freeCount > 0) {
                allocations++;
                poolHits++;
                return pop();
            }
        } finally {
            lock.unlock();
        }
        Block block = new Block(this, owner.takeNative(blockLength));
        lock.lock();
        try {
            allocations++;
        } finally {
            lock.unlock();
        }
        return block;
    }

    private Block pop() {
        Block block = free[--freeCount];
        owner.kept().subtract(blockLength);
        return block;
    }

    private void release(Block block) {
        lock.lock();
        try {
            releases++;
        } finally {
            lock.unlock();
        }
        if (owner.makeRoom(this) && keep(block)) {
            return;
        }
        owner.giveBackNative(block.memory());
    }

    private boolean keep(Block block) {
        lock.lock();
        try {
            // Asked again under the lock: a trim that closes the pool must not miss this block.
            if (owner.isClosed() || !owner.kept().tryAdd(blockLength)) {
                return false;
            }
            if (freeCount == free.length) {
                free = Arrays.copyOf(free, 2 * freeCount);
            }
            free[freeCount++] = block;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Frees blocks until {@code bytes} have been freed or none is left; returns how many bytes it freed. */
    long evict(long bytes) {
        List<Block> evicted = new ArrayList<>();
        long length = 0;
        lock.lock();
        try {
            while (length < bytes && freeCount > 0) {
                evicted.add(pop());
                length += blockLength;
            }
        } finally {
            lock.unlock();
        }
        for (Block block : evicted) {
            owner.giveBackNative(block.memory());
        }
        return length;
    }

    long lastUse() {
        return lastUse;
    }

    long blockLength() {
        return blockLength;
    }

    boolean hasFree() {
        lock.lock();
        try {
            return freeCount > 0;
        } finally {
            lock.unlock();
        }
    }

    void addTo(PoolTally tally) {
        lock.lock();
        try {
            tally.keptBytes += freeCount * blockLength;
            tally.allocations += allocations;
            tally.poolHits += poolHits;
            tally.blocksInUse += allocations - releases;
        } finally {
            lock.unlock();
        }
    }

    private record Block(LargeClass owner, NativeBlock memory) implements PooledBlock {
        @Override
        public long address() {
            return memory.address();
        }

        @Override
        public long length() {
            return owner.blockLength;
        }

        @Override
        public void release() {
            owner.release(this);
        }
    }
}
