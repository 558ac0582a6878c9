package io.lightstream.benchmarks.contender;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A channel that writes to memory. */
final class MemoryChannel implements WritableByteChannel {
    private final ByteBuffer bytes;

    MemoryChannel(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Forgets what has been written. */
    void clear() {
        bytes.clear();
    }

    @Override
    public int write(ByteBuffer source) {
        int count = source.remaining();
        bytes.put(source);
        return count;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
