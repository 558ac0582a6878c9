package io.lightstream.codec.memory;

import org.jspecify.annotations.Nullable;

/** One native allocation cut into blocks of one size. Guarded by the lock of its {@link SlabClass}. */
final class Slab {

    private final NativeBlock memory;
    private final Block[] free;
    private int freeCount;

    /** Neighbours in whichever list of the class holds this slab. */
    @Nullable
    Slab previous;

    @Nullable
    Slab next;

    Slab(SlabClass owner, NativeBlock memory, int blockLength) {
        this.memory = memory;
        int count = (int) (memory.length() / blockLength);
        this.free = new Block[count];
        for (int i = 0; i < count; i++) {
            // The last is taken first: blocks are handed out in the order of their addresses.
            free[count - 1 - i] = new Block(owner, this, memory.address() + (long) i * blockLength);
        }
        this.freeCount = count;
    }

    Block take() {
        return free[--freeCount];
    }

    void giveBack(Block block) {
        free[freeCount++] = block;
    }

    boolean isFull() {
        return freeCount == 0;
    }

    boolean isUnused() {
        return freeCount == free.length;
    }

    NativeBlock memory() {
        return memory;
    }

    /** A block of a slab. */
    record Block(SlabClass owner, Slab slab, long address) implements PooledBlock {
        @Override
        public long length() {
            return owner.blockLength();
        }

        @Override
        public void release() {
            owner.release(this);
        }
    }
}
