package io.lightstream.codec.internal.encode;

import io.lightstream.codec.memory.NativeMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Memory for one message, taken anew for the next one. Grows to what the largest message needed. */
final class Arena {
    private static final int CHUNK_BYTES = 1 << 20;
    /** Most that one piece may have. */
    static final long MAX_BYTES = 1 << 30;

    private final List<ByteBuffer> chunks = new ArrayList<>();
    private int current;
    private long used;

    /** Begins a new message: what was taken before is free. */
    void reset() {
        current = 0;
        used = 0;
    }

    /** Takes memory, aligned to 8 bytes. */
    long take(long bytes) {
        for (; current < chunks.size(); current++, used = 0) {
            if (chunks.get(current).capacity() - used >= bytes) {
                return taken(bytes);
            }
        }
        chunks.add(ByteBuffer.allocateDirect((int) Math.max(bytes, CHUNK_BYTES)));
        return taken(bytes);
    }

    private long taken(long bytes) {
        long address = NativeMemory.addressOf(chunks.get(current)) + used;
        used += (bytes + 7) & -8;
        return address;
    }

    /** Gives back the end of what was taken last. */
    void giveBack(long takenBytes, long keptBytes) {
        used -= ((takenBytes + 7) & -8) - ((keptBytes + 7) & -8);
    }
}
