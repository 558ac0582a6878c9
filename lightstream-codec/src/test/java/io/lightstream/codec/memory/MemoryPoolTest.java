package io.lightstream.codec.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.arrow.memory.OutOfMemoryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryPoolTest {

    private static final long CAP = 8L << 20;

    private final MemoryPool pool = MemoryPool.open(CAP);

    @AfterEach
    void everythingIsGivenBack() {
        pool.close();
        assertThat(pool.tally().blocksInUse).isZero();
        assertThat(pool.tally().keptBytes).isZero();
        assertThat(pool.reservedBytes()).isZero();
    }

    @Test
    void everyBlockIsAlignedAndLongEnough() {
        for (long size = 1; size <= 5L << 20; size += 1 + size / 37) {
            PooledBlock block = pool.allocate(size);
            assertThat(block.length()).isEqualTo(SizeClasses.rounded(size));
            assertThat(block.address() % (size > 32 << 10 ? 4096 : 64))
                    .as("%d bytes", size)
                    .isZero();
            block.release();
        }
    }

    @Test
    void blocksInUseNeverOverlap() {
        List<PooledBlock> blocks = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            PooledBlock block = pool.allocate(1 + random.nextInt(i % 50 == 0 ? 200_000 : 3_000));
            NativeMemory.fill(block.address(), block.length(), (byte) 0);
            NativeMemory.putLong(block.address(), i);
            NativeMemory.putLong(block.address() + block.length() - 8, i);
            blocks.add(block);
        }
        for (int i = 0; i < blocks.size(); i++) {
            PooledBlock block = blocks.get(i);
            assertThat(NativeMemory.getLong(block.address())).isEqualTo(i);
            assertThat(NativeMemory.getLong(block.address() + block.length() - 8))
                    .isEqualTo(i);
            block.release();
        }
    }

    @Test
    void aReleasedBlockServesTheNextRequestOfItsClass() {
        for (long size : new long[] {100, 20_000, 100_000, 3 << 20}) {
            PooledBlock first = pool.allocate(size);
            long address = first.address();
            first.release();
            PooledBlock second = pool.allocate(size - size / 100);
            assertThat(second.address()).isEqualTo(address);
            second.release();
        }
        assertThat(pool.tally().allocations).isEqualTo(8);
        assertThat(pool.tally().poolHits).isEqualTo(4);
    }

    @Test
    void keepsNoMoreThanItsCap() {
        List<PooledBlock> blocks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            blocks.add(pool.allocate(1 << 20));
            for (int j = 0; j < 100; j++) {
                blocks.add(pool.allocate(20_000));
            }
        }
        assertThat(pool.reservedBytes()).isGreaterThan(50L << 20);
        blocks.forEach(PooledBlock::release);
        assertThat(pool.tally().keptBytes).isBetween(CAP / 2, CAP);
        assertThat(pool.reservedBytes()).isEqualTo(pool.tally().keptBytes);
    }

    @Test
    void aCapOfZeroKeepsNothing() {
        MemoryPool keepsNothing = MemoryPool.open(0);
        for (long size : new long[] {1, 64, 5_000, 50_000, 1 << 20}) {
            keepsNothing.allocate(size).release();
            assertThat(keepsNothing.reservedBytes()).isZero();
        }
        keepsNothing.close();
    }

    @Test
    void aBlockLongerThanTheCapDoesNotPushOutWhatIsKept() {
        pool.allocate(1 << 20).release();
        pool.allocate(20 << 20).release();
        assertThat(pool.tally().keptBytes).isEqualTo(1 << 20);
    }

    @Test
    void claimsThatNothingCouldSatisfyCostNothingOfWhatIsKept() {
        releaseTogether(4, 1 << 20);
        pool.allocate(5_000).release();
        long kept = pool.tally().keptBytes;
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> pool.allocate(Math.max(8L << 30, 2 * NativeMemory.limit())))
                    .isInstanceOf(OutOfMemoryException.class);
        }
        assertThat(pool.tally().keptBytes).isEqualTo(kept);
        releaseTogether(7, 1 << 20);
        assertThat(pool.tally().keptBytes).as("as much as ever may be kept").isEqualTo(kept + (3 << 20));
    }

    @Test
    void classesThatAreNoLongerAskedForGiveWay() {
        releaseTogether(6, 1 << 20);
        releaseTogether(3, 2 << 20);
        long hitsBefore = pool.tally().poolHits;
        releaseTogether(3, 2 << 20);
        assertThat(pool.tally().poolHits - hitsBefore).isEqualTo(3);
        assertThat(pool.tally().keptBytes).isLessThanOrEqualTo(CAP);
    }

    private void releaseTogether(int count, long size) {
        List<PooledBlock> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blocks.add(pool.allocate(size));
        }
        blocks.forEach(PooledBlock::release);
    }

    @Test
    void trimFreesOnlyWhatIsNotInUse() {
        PooledBlock small = pool.allocate(1_000);
        PooledBlock large = pool.allocate(1 << 20);
        pool.allocate(5_000).release();
        pool.allocate(2 << 20).release();
        pool.trim();
        assertThat(pool.tally().keptBytes).isZero();
        NativeMemory.fill(small.address(), small.length(), (byte) 1);
        NativeMemory.fill(large.address(), large.length(), (byte) 1);
        small.release();
        large.release();
        assertThat(pool.tally().keptBytes).isPositive();
    }

    @Test
    void afterATrimMemoryIsKeptAgain() {
        for (int i = 0; i < 3; i++) {
            pool.allocate(5_000).release();
            assertThat(pool.tally().keptBytes).isPositive();
            pool.trim();
        }
        PooledBlock block = pool.allocate(5_000);
        pool.trim();
        block.release();
        assertThat(pool.tally().keptBytes).isPositive();
    }

    @Test
    void blocksMayBeReleasedByOtherThreads() throws Exception {
        BlockingQueue<PooledBlock> handedOver = new LinkedBlockingQueue<>(64);
        int perThread = 20_000;
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                long seed = t;
                work.add(threads.submit(() -> {
                    Random random = new Random(seed);
                    for (int i = 0; i < perThread; i++) {
                        PooledBlock block = pool.allocate(1 + random.nextInt(i % 100 == 0 ? 500_000 : 40_000));
                        NativeMemory.putLong(block.address(), block.address());
                        handedOver.put(block);
                    }
                    return null;
                }));
                work.add(threads.submit(() -> {
                    for (int i = 0; i < perThread; i++) {
                        PooledBlock block = handedOver.take();
                        assertThat(NativeMemory.getLong(block.address())).isEqualTo(block.address());
                        NativeMemory.putLong(block.address(), 0);
                        block.release();
                    }
                    return null;
                }));
            }
            for (Future<?> part : work) {
                part.get();
            }
        } finally {
            threads.shutdownNow();
        }
        PoolTally tally = pool.tally();
        assertThat(tally.allocations).isEqualTo(3L * perThread);
        assertThat(tally.blocksInUse).isZero();
        assertThat(tally.keptBytes).isLessThanOrEqualTo(CAP);
        // How many hit depends on when the threads ran. A pool that took back nothing from other threads would have as
        // good as none.
        assertThat(tally.poolHits).isGreaterThan(perThread / 2);
    }

    @Test
    void nativeMemoryIsFreedOnceAndByNobodyButItsOwner() {
        NativeBlock block = NativeBlock.allocate(100, 64);
        block.free();
        assertThatThrownBy(block::free).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void blocksOfASlabAreDistinct() {
        Set<Long> addresses = new HashSet<>();
        List<PooledBlock> blocks = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            PooledBlock block = pool.allocate(64);
            addresses.add(block.address());
            blocks.add(block);
        }
        assertThat(addresses).hasSize(1_000);
        blocks.forEach(PooledBlock::release);
    }

    @Test
    void afterCloseBlocksInUseAreFreedWhenReleasedAndNoneAreHandedOut() {
        PooledBlock small = pool.allocate(10);
        PooledBlock large = pool.allocate(1 << 20);
        pool.close();
        assertThatThrownBy(() -> pool.allocate(10)).isInstanceOf(IllegalStateException.class);
        NativeMemory.fill(large.address(), large.length(), (byte) 7);
        small.release();
        large.release();
        assertThat(pool.reservedBytes()).isZero();
    }
}
