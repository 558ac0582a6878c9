package io.lightstream.codec.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Direct memory that one reader or writer works in, such as what it reads ahead into: taken when it is first asked for, and freed
 * when its owner closes. A direct buffer of the JDK stays until the garbage collector finds it, and a collector that sees only
 * small objects may take long; with many short connections that is a lot of memory.
 *
 * <p>Not for memory that is handed out: a view that is used after {@link #close} reaches memory of somebody else. An owner that
 * is forgotten instead of closed leaves it to the collector, and so does a JVM that permits no earlier freeing.
 *
 * <p>Not thread-safe: an owner closes when no other thread can be at work in it.
 */
public final class StagingBuffer implements AutoCloseable {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);

    private ByteBuffer buffer = NONE;

    /**
     * The buffer, little-endian, with position and limit as they were left. Where it has to grow it is another one: what was in
     * the one before is lost, and views of that are invalid.
     *
     * @param bytes the capacity that it has at least
     */
    public ByteBuffer ofAtLeast(int bytes) {
        if (buffer.capacity() < bytes) {
            replace(ByteBuffer.allocateDirect(bytes));
        }
        return buffer;
    }

    /**
     * A larger buffer with what stands before the position of the one before, whose views are invalid.
     *
     * @param bytes its capacity, at least that of the one before
     */
    public ByteBuffer grownTo(int bytes) {
        ByteBuffer larger = ByteBuffer.allocateDirect(bytes);
        larger.put(buffer.flip());
        return replace(larger);
    }

    private ByteBuffer replace(ByteBuffer larger) {
        close();
        buffer = larger.order(ByteOrder.LITTLE_ENDIAN);
        return buffer;
    }

    /** Frees the memory. Idempotent; {@link #ofAtLeast} takes some anew. */
    @Override
    public void close() {
        ByteBuffer freed = buffer;
        buffer = NONE;
        if (freed.capacity() > 0 && NativeMemory.canFreeBuffers()) {
            NativeMemory.free(freed);
        }
    }
}
