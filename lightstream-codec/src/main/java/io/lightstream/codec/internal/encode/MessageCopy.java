package io.lightstream.codec.internal.encode;

import io.lightstream.codec.Alignment;
import io.lightstream.codec.memory.NativeMemory;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Puts a message together in memory: what is small or computed in one block, large buffers from where they lie unless they
 * are to be copied as well. First {@link #measure}, then {@link #fill} the block.
 */
public final class MessageCopy {
    private static final long NOT_COMPRESSED = -1;
    /** Smaller buffers are copied into the block. */
    private static final int LARGE_BYTES = 16 << 10;

    private final boolean copyLarge;
    private long blockBytes;
    private int lentCount;

    private long target;
    private long[] pieces = {};
    private int pieceCount;
    private long from;

    /** @param copyLarge whether large buffers are copied, too */
    public MessageCopy(boolean copyLarge) {
        this.copyLarge = copyLarge;
    }

    /** Bytes of the block that the message needs. */
    public long measure(ByteBuffer framedMetadata, OutgoingBody body) {
        blockBytes = framedMetadata.remaining();
        lentCount = 0;
        for (int i = 0; i < body.bufferCount(); i++) {
            long length = Alignment.roundUp(body.bufferLength(i));
            if (isLent(body, i)) {
                lentCount++;
                length -= body.contentLength(i);
            }
            blockBytes += length;
        }
        return blockBytes;
    }

    /** Whether the message points to a buffer where it lies. */
    public boolean isLent(OutgoingBody body, int buffer) {
        return !copyLarge && body.owner(buffer).isPresent() && body.contentLength(buffer) >= LARGE_BYTES;
    }

    /**
     * Fills the block with the message that was measured.
     *
     * @return address and length of each piece of the message, alternating; the first begins with the metadata
     */
    public long[] fill(ByteBuffer framedMetadata, OutgoingBody body, long block) {
        target = block;
        from = block;
        pieces = new long[2 * (2 * lentCount + 1)];
        pieceCount = 0;
        NativeMemory.copy(NativeMemory.addressOf(framedMetadata), target, framedMetadata.remaining());
        target += framedMetadata.remaining();
        for (int i = 0; i < body.bufferCount(); i++) {
            if (body.isStored(i)) {
                NativeMemory.putLong(target, NOT_COMPRESSED);
                target += Long.BYTES;
            }
            addContent(body, i);
            long length = body.bufferLength(i);
            long padding = Alignment.roundUp(length) - length;
            NativeMemory.fill(target, padding, (byte) 0);
            target += padding;
        }
        endPiece();
        return Arrays.copyOf(pieces, 2 * pieceCount);
    }

    private void addContent(OutgoingBody body, int buffer) {
        long length = body.contentLength(buffer);
        if (isLent(body, buffer)) {
            endPiece();
            add(body.address(buffer), length);
        } else {
            body.copyTo(buffer, target);
            target += length;
        }
    }

    private void endPiece() {
        if (target > from) {
            add(from, target - from);
            from = target;
        }
    }

    private void add(long address, long length) {
        pieces[2 * pieceCount] = address;
        pieces[2 * pieceCount + 1] = length;
        pieceCount++;
    }
}
