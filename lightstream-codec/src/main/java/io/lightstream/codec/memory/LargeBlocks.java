package io.lightstream.codec.memory;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The part of the pool that holds blocks too long for slabs, and decides which of them to keep. Thread-safe.
 *
 * <p>When the room for kept blocks is used up, the class that was asked for the longest ago gives way. Without that, a
 * program whose batches change size would fill the room with blocks of the old size and never recycle the new ones.
 */
final class LargeBlocks {

    private final MemoryPool pool;
    private final KeptBytes kept;
    private final LargeClass[] classes = new LargeClass[SizeClasses.COUNT - SizeClasses.SLAB_COUNT];
    private final AtomicLong ticks = new AtomicLong();

    LargeBlocks(MemoryPool pool, KeptBytes kept) {
        this.pool = pool;
        this.kept = kept;
        for (int i = 0; i < classes.length; i++) {
            classes[i] = new LargeClass(this, SizeClasses.sizeOf(SizeClasses.SLAB_COUNT + i));
        }
    }

    PooledBlock allocate(int sizeClass) {
        return classes[sizeClass - SizeClasses.SLAB_COUNT].allocate(ticks.incrementAndGet());
    }

    /** Frees blocks of classes that were used less recently than {@code candidate}; false if there is still no room. */
    boolean makeRoom(LargeClass candidate) {
        long length = candidate.blockLength();
        if (pool.isClosed() || !kept.fits(length)) {
            return false;
        }
        while (!kept.hasRoomFor(length)) {
            LargeClass victim = leastRecentlyUsed(candidate);
            if (victim == null || victim.evict(length) == 0) {
                return false;
            }
        }
        return true;
    }

    private @Nullable LargeClass leastRecentlyUsed(LargeClass candidate) {
        LargeClass oldest = null;
        long oldestUse = candidate.lastUse();
        for (LargeClass sizeClass : classes) {
            if (sizeClass.lastUse() < oldestUse && sizeClass.hasFree()) {
                oldest = sizeClass;
                oldestUse = sizeClass.lastUse();
            }
        }
        return oldest;
    }

    KeptBytes kept() {
        return kept;
    }

    boolean isClosed() {
        return pool.isClosed();
    }

    NativeBlock takeNative(long length) {
        return pool.takeNative(length, SizeClasses.PAGE);
    }

    void giveBackNative(NativeBlock memory) {
        pool.giveBackNative(memory);
    }

    void trim() {
        for (LargeClass sizeClass : classes) {
            sizeClass.evict(Long.MAX_VALUE);
        }
    }

    void addTo(PoolTally tally) {
        for (LargeClass sizeClass : classes) {
            sizeClass.addTo(tally);
        }
    }
}
