package io.lightstream.codec.frame;

/** Pauses that last as long as a test says, by a clock that only they move. */
final class CountedPauses extends ReadPauses {
    private final long nanos;
    private long now;

    /** How often the reader paused. */
    int count;

    CountedPauses(boolean enabled, long nanos) {
        super(enabled);
        this.nanos = nanos;
    }

    @Override
    long nanoTime() {
        return now;
    }

    @Override
    void sleep() {
        count++;
        now += nanos;
    }
}
