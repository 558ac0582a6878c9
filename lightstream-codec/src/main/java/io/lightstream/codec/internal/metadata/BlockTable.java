package io.lightstream.codec.internal.metadata;

import io.lightstream.codec.ipc.Footer;
import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;
import org.apache.arrow.flatbuf.Block;

/**
 * The blocks of a footer as they lie in its flatbuffer, so that a file of ten thousand batches does not cost as many objects
 * before the first batch is asked for. Immutable.
 */
public final class BlockTable extends AbstractList<Footer.Block> implements RandomAccess {
    private final Block.Vector blocks;
    private final int count;

    /** @param blocks of a footer that was verified and is not changed any more */
    BlockTable(Block.Vector blocks) {
        this.blocks = blocks;
        this.count = blocks.length();
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public Footer.Block get(int index) {
        Block block = blocks.get(Objects.checkIndex(index, count));
        return new Footer.Block(block.offset(), block.metaDataLength(), block.bodyLength());
    }
}
