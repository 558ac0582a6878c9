package io.lightstream.codec.internal.encode;

import io.lightstream.codec.memory.NativeMemory;
import java.nio.ByteBuffer;

/**
 * Compares two planned bodies where they lie, piece by piece. Bytes that no value depends on count as well, such as those of null
 * rows, so equal values may be found to differ.
 */
public final class BodyEquality {
    /** A multiple of {@link ComputedBuffer#STEP_BYTES}. */
    private static final int PIECE_BYTES = 4096;

    private final ByteBuffer left = ByteBuffer.allocateDirect(PIECE_BYTES);
    private final ByteBuffer right = ByteBuffer.allocateDirect(PIECE_BYTES);

    /** Whether both bodies have the same bytes throughout. */
    public boolean isSame(OutgoingBody one, OutgoingBody other) {
        if (one.nodeCount() != other.nodeCount() || one.bufferCount() != other.bufferCount()) {
            return false;
        }
        for (int i = 0; i < one.nodeCount(); i++) {
            if (one.nodeLength(i) != other.nodeLength(i) || one.nodeNullCount(i) != other.nodeNullCount(i)) {
                return false;
            }
        }
        for (int i = 0; i < one.bufferCount(); i++) {
            if (one.contentLength(i) != other.contentLength(i)) {
                return false;
            }
        }
        for (int i = 0; i < one.bufferCount(); i++) {
            if (!isSame(one, other, i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isSame(OutgoingBody one, OutgoingBody other, int buffer) {
        long length = one.contentLength(buffer);
        for (long done = 0; done < length; done += PIECE_BYTES) {
            int count = (int) Math.min(length - done, PIECE_BYTES);
            if (!piece(one, buffer, done, count, left).equals(piece(other, buffer, done, count, right))) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer piece(OutgoingBody body, int buffer, long from, int count, ByteBuffer target) {
        ComputedBuffer computed = body.computed(buffer);
        long address = NativeMemory.addressOf(target);
        if (computed == null) {
            NativeMemory.copy(body.address(buffer) + from, address, count);
        } else {
            computed.write(from, count, address);
        }
        return target.clear().limit(count);
    }
}
