package io.lightstream.codec.internal.input;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Tells holes from data: what a file system had no time to write reads as zero bytes. */
public final class ZeroBytes {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final ByteBuffer ZEROS = ByteBuffer.allocate(CHUNK_BYTES).asReadOnlyBuffer();

    private ZeroBytes() {}

    /** Whether the input has nothing but zero bytes between two positions. */
    public static boolean between(long from, long to, PositionedInput input) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(to - from, CHUNK_BYTES));
        for (long position = from; position < to; position += chunk.limit()) {
            input.read(position, chunk.clear().limit((int) Math.min(to - position, chunk.capacity())));
            if (!chunk.flip().equals(ZEROS.slice(0, chunk.limit()))) {
                return false;
            }
        }
        return true;
    }
}
