package io.lightstream.codec.build;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.jspecify.annotations.Nullable;

/** Data buffers of a view column: blocks that are filled one after the other, and buffers shared from elsewhere. */
final class ViewData {
    private static final long FIRST_BLOCK_BYTES = 8 << 10;
    private static final long LARGEST_BLOCK_BYTES = 2 << 20;
    private static final int NO_BLOCK = -1;

    private final BuilderMemory memory;
    private final List<Block> blocks = new ArrayList<>();
    private int current = NO_BLOCK;
    private long nextBlockBytes = FIRST_BLOCK_BYTES;

    ViewData(BuilderMemory memory) {
        this.memory = memory;
    }

    /** Where the next {@code count} bytes go; {@link #take} makes them used. */
    long room(int count) {
        if (current == NO_BLOCK || count > blocks.get(current).rest()) {
            Block block = new Block(memory);
            block.own.reserve(0, Math.max(count, nextBlockBytes));
            blocks.add(block);
            current = blocks.size() - 1;
            nextBlockBytes = Math.min(2 * nextBlockBytes, LARGEST_BLOCK_BYTES);
        }
        Block block = blocks.get(current);
        return block.own.address() + block.used;
    }

    /** Index of the buffer in which {@link #room} is. */
    int currentIndex() {
        return current;
    }

    /** Uses the bytes for which there is room; returns their offset. */
    int take(int count) {
        Block block = blocks.get(current);
        int offset = (int) block.used;
        block.used += count;
        return offset;
    }

    /** Takes back bytes, where they are the last ones of their buffer. */
    void giveBack(int buffer, int offset, int count) {
        Block block = blocks.get(buffer);
        if (block.shared == null && offset + count == block.used) {
            block.used = offset;
        }
    }

    int share(ArrowBuf buffer) {
        Block block = new Block(memory);
        buffer.getReferenceManager().retain();
        block.shared = buffer;
        block.used = buffer.capacity();
        blocks.add(block);
        return blocks.size() - 1;
    }

    long address(int buffer) {
        Block block = blocks.get(buffer);
        return block.shared == null ? block.own.address() : block.shared.memoryAddress();
    }

    int length(int buffer) {
        return (int) Math.min(blocks.get(buffer).used, Integer.MAX_VALUE);
    }

    void handOver(List<long[]> buffers, Handover to) {
        for (Block block : blocks) {
            buffers.add(block.handOver(to));
        }
        if (!to.shares()) {
            forget();
        }
    }

    private void forget() {
        blocks.forEach(Block::close);
        blocks.clear();
        current = NO_BLOCK;
        nextBlockBytes = FIRST_BLOCK_BYTES;
    }

    void close() {
        forget();
    }

    /** One data buffer: memory of our own, or shared. */
    private static final class Block {
        private final GrowableBuffer own;
        private @Nullable ArrowBuf shared;
        private long used;

        Block(BuilderMemory memory) {
            this.own = new GrowableBuffer(memory);
        }

        long rest() {
            return Math.min(own.capacity(), Integer.MAX_VALUE) - used;
        }

        /** Address and length. */
        long[] handOver(Handover to) {
            long[] buffer = new long[2];
            if (shared == null) {
                own.handOver(buffer, 0, used, to);
            } else {
                shared.getReferenceManager().retain();
                to.add(shared);
                buffer[0] = shared.memoryAddress();
                buffer[1] = used;
            }
            return buffer;
        }

        void close() {
            own.close();
            if (shared != null) {
                shared.close();
                shared = null;
            }
        }
    }
}
