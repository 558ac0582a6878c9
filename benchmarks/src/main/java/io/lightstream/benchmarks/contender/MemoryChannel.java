package io.lightstream.benchmarks.contender;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A channel over direct memory, to write to or to read from. */
final class MemoryChannel implements WritableByteChannel, ReadableByteChannel {
    private final ByteBuffer bytes;

    private MemoryChannel(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    static MemoryChannel ofBytes(int capacity) {
        return new MemoryChannel(ByteBuffer.allocateDirect(capacity));
    }

    /** Forgets what has been written. */
    void clear() {
        bytes.clear();
    }

    /** A channel that reads what has been written to this one. */
    MemoryChannel reader() {
        return new MemoryChannel(bytes.duplicate().flip());
    }

    @Override
    public int write(ByteBuffer source) {
        int count = source.remaining();
        bytes.put(source);
        return count;
    }

    @Override
    public int read(ByteBuffer target) {
        if (!bytes.hasRemaining()) {
            return -1;
        }
        int count = Math.min(target.remaining(), bytes.remaining());
        target.put(target.position(), bytes, bytes.position(), count);
        target.position(target.position() + count);
        bytes.position(bytes.position() + count);
        return count;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
