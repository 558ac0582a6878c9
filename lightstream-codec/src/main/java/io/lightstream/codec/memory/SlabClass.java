package io.lightstream.codec.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The small blocks of one size in one stripe of the pool.
 *
 * <p>A slab is in one of three states: full (in no list), partial, or spare (none of its blocks in use). Partial slabs are
 * used up before spare ones, so that slabs become spare and can be freed.
 */
final class SlabClass {

    private static final int BLOCKS_PER_SLAB = 64;
    private static final int SHORTEST_SLAB = 16 << 10;
    private static final int LONGEST_SLAB = 256 << 10;

    private final MemoryPool pool;
    private final int blockLength;
    private final int slabLength;
    private final KeptBytes kept;

    private final ReentrantLock lock = new ReentrantLock();
    private final SlabList partial = new SlabList();
    private final SlabList spare = new SlabList();

    /**
     * For how many spare slabs this class has been granted room in {@link #kept}. It may be one more than there are: a
     * single block that goes to and fro must not touch the counter that all threads share.
     */
    private int granted;

    private long allocations;
    private long slabsMade;
    private long releases;

    SlabClass(MemoryPool pool, int blockLength, KeptBytes kept) {
        this.pool = pool;
        this.blockLength = blockLength;
        this.kept = kept;
        int length = Math.max(SHORTEST_SLAB, Math.min(LONGEST_SLAB, BLOCKS_PER_SLAB * blockLength));
        this.slabLength = length - length % blockLength;
    }

    int blockLength() {
        return blockLength;
    }

    PooledBlock allocate() {
        lock.lock();
        try {
            Slab slab = usable();
            if (slab != null) {
                return takeFrom(slab);
            }
        } finally {
            lock.unlock();
        }
        // Outside the lock: asking the operating system may take long, and may make the JVM collect garbage first.
        NativeBlock memory = pool.takeNative(slabLength, SizeClasses.ALIGNMENT);
        lock.lock();
        try {
            Slab slab = new Slab(this, memory, blockLength);
            slabsMade++;
            partial.add(slab);
            return takeFrom(slab);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Slab usable() {
        Slab slab = partial.head();
        if (slab != null) {
            return slab;
        }
        slab = spare.head();
        if (slab != null) {
            spare.remove(slab);
            partial.add(slab);
            returnSurplus();
        }
        return slab;
    }

    private PooledBlock takeFrom(Slab slab) {
        Slab.Block block = slab.take();
        if (slab.isFull()) {
            partial.remove(slab);
        }
        allocations++;
        return block;
    }

    void release(Slab.Block block) {
        Slab unwanted = null;
        lock.lock();
        try {
            releases++;
            Slab slab = block.slab();
            if (slab.isFull()) {
                partial.add(slab);
            }
            slab.giveBack(block);
            if (slab.isUnused()) {
                partial.remove(slab);
                if (mayKeepOneMore()) {
                    spare.add(slab);
                } else {
                    unwanted = slab;
                }
            }
        } finally {
            lock.unlock();
        }
        if (unwanted != null) {
            pool.giveBackNative(unwanted.memory());
        }
    }

    private boolean mayKeepOneMore() {
        if (pool.isClosed()) {
            return false;
        }
        if (spare.size() < granted) {
            return true;
        }
        if (kept.tryAdd(slabLength)) {
            granted++;
            return true;
        }
        return false;
    }

    private void returnSurplus() {
        if (granted > spare.size() + 1) {
            granted--;
            kept.subtract(slabLength);
        }
    }

    /** Frees every spare slab. */
    void trim() {
        List<Slab> freed = new ArrayList<>();
        lock.lock();
        try {
            for (Slab slab = spare.head(); slab != null; slab = spare.head()) {
                spare.remove(slab);
                freed.add(slab);
            }
            kept.subtract((long) granted * slabLength);
            granted = 0;
        } finally {
            lock.unlock();
        }
        for (Slab slab : freed) {
            pool.giveBackNative(slab.memory());
        }
    }

    void addTo(PoolTally tally) {
        lock.lock();
        try {
            tally.keptBytes += (long) spare.size() * slabLength;
            tally.allocations += allocations;
            tally.poolHits += allocations - slabsMade;
            tally.blocksInUse += allocations - releases;
        } finally {
            lock.unlock();
        }
    }
}
