package io.lightstream.codec.memory;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A mapping on Java 17 to 21: a {@link MappedByteBuffer} that is unmapped explicitly. The JDK protects nobody from using it
 * afterwards, so the views that were handed out are remembered, and made empty before.
 */
final class BufferMapping implements MappedRange {
    private static final int FIRST_PRUNING = 64;

    /** Keeps the garbage collector from unmapping what addresses still point into. */
    private static final Set<BufferMapping> MAPPED = ConcurrentHashMap.newKeySet();

    private final MappedByteBuffer mapped;
    private final ByteBuffer bytes;
    private final ReentrantLock lock = new ReentrantLock();
    private List<WeakReference<Buffer>> views = new ArrayList<>();
    private int nextPruning = FIRST_PRUNING;

    private BufferMapping(MappedByteBuffer mapped) {
        this.mapped = mapped;
        this.bytes = mapped.asReadOnlyBuffer();
    }

    static BufferMapping map(FileChannel channel, long position, long length) throws IOException {
        BufferMapping mapping = new BufferMapping(channel.map(FileChannel.MapMode.READ_ONLY, position, length));
        MAPPED.add(mapping);
        return mapping;
    }

    @Override
    public long address() {
        return NativeMemory.addressOf(mapped);
    }

    @Override
    public ByteBuffer view(long offset, long length) {
        return bytes.slice((int) offset, (int) length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void handOut(Buffer view) {
        lock.lock();
        try {
            if (views.size() == nextPruning) {
                views.removeIf(known -> known.get() == null);
                nextPruning = Math.max(FIRST_PRUNING, 2 * views.size());
            }
            views.add(new WeakReference<>(view));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void unmap() {
        lock.lock();
        try {
            for (WeakReference<Buffer> known : views) {
                Buffer view = known.get();
                if (view != null) {
                    UnsafeViews.makeEmpty(view);
                }
            }
            views = List.of();
        } finally {
            lock.unlock();
        }
        MAPPED.remove(this);
        NativeMemory.free(mapped);
    }
}
