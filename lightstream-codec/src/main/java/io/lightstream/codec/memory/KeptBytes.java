package io.lightstream.codec.memory;

import java.util.concurrent.atomic.AtomicLong;

/** How many free bytes a part of the pool may keep, and how many it does keep. Thread-safe. */
final class KeptBytes {
    /** The limit rises by one byte where so many were taken from the operating system, because too few had been kept. */
    static final int BYTES_TAKEN_PER_BYTE_MORE = 64;

    private final long configured;
    private final AtomicLong limit;
    private final AtomicLong kept = new AtomicLong();

    KeptBytes(long limit) {
        this.configured = limit;
        this.limit = new AtomicLong(limit);
    }

    /** Counts {@code bytes} as kept if they fit. */
    boolean tryAdd(long bytes) {
        if (fits(kept.addAndGet(bytes))) {
            return true;
        }
        kept.addAndGet(-bytes);
        return false;
    }

    void subtract(long bytes) {
        kept.addAndGet(-bytes);
    }

    boolean hasRoomFor(long bytes) {
        return fits(kept.get() + bytes);
    }

    /** Whether {@code total} bytes may be kept. */
    boolean fits(long total) {
        return total <= limit.get();
    }

    /** After the JVM's direct memory ran out: what was free in one class was missing in another. */
    void halve() {
        limit.updateAndGet(now -> now / 2);
    }

    /**
     * Allows more again, up to what was allowed at first: who asks for memory and gets it keeps too little for what it does now.
     *
     * @param bytes that were taken from the operating system
     */
    void taken(long bytes) {
        if (limit.get() < configured) {
            limit.updateAndGet(now -> now + Math.min(configured - now, 1 + bytes / BYTES_TAKEN_PER_BYTE_MORE));
        }
    }
}
