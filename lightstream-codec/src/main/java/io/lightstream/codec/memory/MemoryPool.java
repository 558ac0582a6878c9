package io.lightstream.codec.memory;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.OutOfMemoryException;

/**
 * Recycles native memory in {@link SizeClasses}. Thread-safe; a block may be released by another thread than the one that
 * allocated it.
 *
 * <p>Small blocks are striped: a thread allocates from the stripe that its id selects, and a block returns to the stripe
 * that it came from.
 */
final class MemoryPool {

    private static final int MOST_STRIPES = 8;

    private final SlabClass[][] stripes;
    private final LargeBlocks large;
    private final KeptBytes keptSlabs;
    private final KeptBytes keptLarge;

    private final AtomicLong reservedBytes = new AtomicLong();
    private final AtomicLong unpooledAllocations = new AtomicLong();
    private final AtomicLong unpooledInUse = new AtomicLong();
    private volatile boolean closed;

    private MemoryPool(long maxKeptBytes) {
        keptSlabs = KeptBytes.ofSlabs(maxKeptBytes);
        keptLarge = KeptBytes.ofLargeBlocks(maxKeptBytes);
        large = new LargeBlocks(this, keptLarge);
        int processors = Math.min(MOST_STRIPES, Runtime.getRuntime().availableProcessors());
        int stripeCount = Integer.highestOneBit(2 * processors - 1);
        stripes = new SlabClass[stripeCount][SizeClasses.SLAB_COUNT];
        for (SlabClass[] stripe : stripes) {
            for (int i = 0; i < stripe.length; i++) {
                stripe[i] = new SlabClass(this, (int) SizeClasses.sizeOf(i), keptSlabs);
            }
        }
    }

    /** A pool that is known to {@link OpenPools} until it is closed. */
    static MemoryPool open(long maxKeptBytes) {
        MemoryPool pool = new MemoryPool(maxKeptBytes);
        OpenPools.add(pool);
        return pool;
    }

    /**
     * A block of {@link SizeClasses#rounded}{@code (size)} bytes, whose content is whatever its last user left there.
     *
     * @throws OutOfMemoryException if native memory is used up, also after everything kept was freed
     */
    PooledBlock allocate(long size) {
        if (closed) {
            throw new IllegalStateException("memory is closed");
        }
        if (size > SizeClasses.LARGEST) {
            return allocateUnpooled(SizeClasses.rounded(size));
        }
        int sizeClass = SizeClasses.indexOf(size);
        return sizeClass < SizeClasses.SLAB_COUNT ? stripe()[sizeClass].allocate() : large.allocate(sizeClass);
    }

    @SuppressWarnings("deprecation") // threadId() replaces it from 19 on
    private SlabClass[] stripe() {
        return stripes[(int) Thread.currentThread().getId() & (stripes.length - 1)];
    }

    private PooledBlock allocateUnpooled(long length) {
        NativeBlock memory = takeNative(length, SizeClasses.PAGE);
        unpooledAllocations.incrementAndGet();
        unpooledInUse.incrementAndGet();
        return new Unpooled(this, memory);
    }

    /** Native memory; if there is none left, once more after everything that the pools keep was freed. */
    NativeBlock takeNative(long length, int alignment) {
        NativeBlock memory;
        try {
            memory = NativeBlock.allocate(length, alignment);
            keptSlabs.taken(length);
            keptLarge.taken(length);
        } catch (OutOfMemoryError e) {
            memory = takeNativeAfterTrim(length, alignment, e);
        }
        reservedBytes.addAndGet(length);
        return memory;
    }

    private static NativeBlock takeNativeAfterTrim(long length, int alignment, OutOfMemoryError first) {
        List<MemoryPool> trimmed = OpenPools.trimFor(length);
        if (trimmed.isEmpty()) {
            // The JVM has just spent up to a second on collecting garbage to find memory: not again for nothing.
            throw OpenPools.exhausted(length, first);
        }
        try {
            NativeBlock memory = NativeBlock.allocate(length, alignment);
            trimmed.forEach(MemoryPool::keepLess);
            return memory;
        } catch (OutOfMemoryError second) {
            throw OpenPools.exhausted(length, second);
        }
    }

    private void keepLess() {
        keptSlabs.halve();
        keptLarge.halve();
    }

    void giveBackNative(NativeBlock memory) {
        reservedBytes.addAndGet(-memory.length());
        memory.free();
    }

    boolean isClosed() {
        return closed;
    }

    /** Frees all blocks and slabs that nobody uses; true where there were any. */
    boolean trim() {
        long before = reservedBytes.get();
        large.trim();
        for (SlabClass[] stripe : stripes) {
            for (SlabClass sizeClass : stripe) {
                sizeClass.trim();
            }
        }
        return reservedBytes.get() < before;
    }

    /** Frees what is kept. Blocks in use remain valid, and their memory is freed when they are released. */
    void close() {
        closed = true;
        OpenPools.remove(this);
        trim();
    }

    PoolTally tally() {
        PoolTally tally = new PoolTally();
        large.addTo(tally);
        for (SlabClass[] stripe : stripes) {
            for (SlabClass sizeClass : stripe) {
                sizeClass.addTo(tally);
            }
        }
        tally.allocations += unpooledAllocations.get();
        tally.blocksInUse += unpooledInUse.get();
        return tally;
    }

    long reservedBytes() {
        return reservedBytes.get();
    }

    private record Unpooled(MemoryPool pool, NativeBlock memory) implements PooledBlock {
        @Override
        public long address() {
            return memory.address();
        }

        @Override
        public long length() {
            return memory.length();
        }

        @Override
        public void release() {
            pool.unpooledInUse.decrementAndGet();
            pool.giveBackNative(memory);
        }
    }
}
