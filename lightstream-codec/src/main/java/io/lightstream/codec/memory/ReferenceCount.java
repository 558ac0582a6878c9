package io.lightstream.codec.memory;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the references to memory that no Arrow allocator made, from one on. Thread-safe. */
final class ReferenceCount {
    private final AtomicInteger references = new AtomicInteger(1);
    private final Runnable onRelease;

    /** @param onRelease called once, by the thread that releases the last reference */
    ReferenceCount(Runnable onRelease) {
        this.onRelease = onRelease;
    }

    int get() {
        return references.get();
    }

    /** Whether these were the last. */
    boolean release(int decrement) {
        if (decrement < 1) {
            throw new IllegalArgumentException("references to release: expected 1 or more, found " + decrement);
        }
        int before;
        do {
            before = references.get();
            if (before < decrement) {
                throw new IllegalStateException(
                        "references to foreign memory: expected at least " + decrement + ", found " + before);
            }
        } while (!references.compareAndSet(before, before - decrement));
        if (before > decrement) {
            return false;
        }
        onRelease.run();
        return true;
    }

    void retain(int increment) {
        if (increment < 1) {
            throw new IllegalArgumentException("references to add: expected 1 or more, found " + increment);
        }
        int before;
        do {
            before = references.get();
            if (before == 0) {
                throw new IllegalStateException("foreign memory was already released");
            }
        } while (!references.compareAndSet(before, Math.addExact(before, increment)));
    }
}
