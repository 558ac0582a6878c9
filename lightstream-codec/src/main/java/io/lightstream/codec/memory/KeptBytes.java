package io.lightstream.codec.memory;

import java.util.concurrent.atomic.AtomicLong;

/** How many free bytes a part of the pool may keep, and how many it does keep. Thread-safe. */
final class KeptBytes {
    /** The limit rises by one byte where so many were taken from the operating system, because too few had been kept. */
    static final int BYTES_TAKEN_PER_BYTE_MORE = 64;

    /** So few bytes are kept without asking what the JVM allows: finding that out takes as long as a small command does. */
    static final long KEPT_UNASKED_BYTES = 32 << 20;

    private static final int PARTS = 8;

    private final int parts;
    private final long configured;
    private final AtomicLong limit;
    private final AtomicLong kept = new AtomicLong();

    private KeptBytes(long maxKeptBytes, int parts) {
        this.parts = parts;
        this.configured = part(maxKeptBytes, parts);
        this.limit = new AtomicLong(configured);
    }

    /** What a pool sets aside for slabs, so that a few large blocks cannot push them out. */
    static KeptBytes ofSlabs(long maxKeptBytes) {
        return new KeptBytes(maxKeptBytes, 1);
    }

    /** What a pool keeps for large blocks. */
    static KeptBytes ofLargeBlocks(long maxKeptBytes) {
        return new KeptBytes(maxKeptBytes, PARTS - 1);
    }

    private static long part(long bytes, int parts) {
        return bytes / PARTS * parts + bytes % PARTS * parts / PARTS;
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

    /** Whether {@code total} bytes may be kept: half of what the JVM allows is left to all others. */
    boolean fits(long total) {
        return total <= limit.get()
                && (total <= KEPT_UNASKED_BYTES || total <= part(DirectMemoryLimit.bytes() / 2, parts));
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
