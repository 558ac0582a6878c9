package io.lightstream.mmap.follow;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Knows of no events but those that callers tell of by {@link #wakeUp}. */
final class TimedChecks implements FileChanges {
    private final String source;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean closed;

    /** @param source name of the file in errors */
    TimedChecks(String source) {
        this.source = source;
    }

    @Override
    public void await(long nanos) throws IOException {
        try {
            if (wakeUps.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            throw FileChanges.interrupted(source);
        }
        if (closed) {
            throw new FollowClosedException(source);
        }
    }

    @Override
    public void wakeUp() {
        // One is as good as many; the count must not overflow while nobody waits.
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    @Override
    public void close() {
        closed = true;
        wakeUps.release();
    }
}
