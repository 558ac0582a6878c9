package io.lightstream.mmap.follow;

import java.util.function.LongSupplier;

/** How long may still be waited: for a message to begin, and for the rest of one that has begun. In nanoseconds. */
final class Patience {
    private static final long NONE = -1;

    private final LongSupplier clock;
    private final long idleNanos;
    private final long stallNanos;
    private long idleSince;
    private long stalledSince;
    private long stalledSize = NONE;

    Patience(FollowOptions options) {
        this.clock = options.nanoClock();
        this.idleNanos = options.idleTimeout().toNanos();
        this.stallNanos = options.stallTimeout().toNanos();
    }

    /** From now on the next message is waited for. */
    void begin() {
        idleSince = clock.getAsLong();
        stalledSize = NONE;
    }

    /** What is left while no message has begun; not positive where it is used up. */
    long leftForNext() {
        stalledSize = NONE;
        return idleNanos - (clock.getAsLong() - idleSince);
    }

    /** What is left for the rest of a message; all of it whenever the file has got another size. */
    long leftForRest(long size) {
        long now = clock.getAsLong();
        if (size != stalledSize) {
            stalledSize = size;
            stalledSince = now;
        }
        return stallNanos - (now - stalledSince);
    }
}
