package io.lightstream.codec.memory;

import java.util.concurrent.atomic.AtomicLong;

/** How many free bytes a part of the pool may keep, and how many it does keep. Thread-safe. */
final class KeptBytes {

    private final AtomicLong kept = new AtomicLong();
    private volatile long limit;

    KeptBytes(long limit) {
        this.limit = limit;
    }

    /** Counts {@code bytes} as kept if they fit. */
    boolean tryAdd(long bytes) {
        if (kept.addAndGet(bytes) <= limit) {
            return true;
        }
        kept.addAndGet(-bytes);
        return false;
    }

    void subtract(long bytes) {
        kept.addAndGet(-bytes);
    }

    boolean hasRoomFor(long bytes) {
        return kept.get() + bytes <= limit;
    }

    long limit() {
        return limit;
    }

    /** After the JVM's direct memory ran out: what was free in one class was missing in another. */
    void halve() {
        limit /= 2;
    }
}
