package io.lightstream.codec.internal;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets one thread at a time through, turns a second one away with an exception, and lets any thread close: at once when
 * nobody is inside, otherwise as soon as the one inside leaves. Costs two uncontended atomic operations a passage.
 */
public final class Gate {
    private static final int FREE = 0;
    private static final int BUSY = 1;
    private static final int CLOSED = 2;

    private final AtomicInteger state = new AtomicInteger(FREE);
    private final String name;

    /** A gate that calls itself {@code name} in messages. */
    public Gate(String name) {
        this.name = name;
    }

    /** Goes in; to be followed by {@link #leave()}. */
    public void enter() {
        if (!state.compareAndSet(FREE, BUSY)) {
            throw refused();
        }
    }

    /** Goes out; true if the gate was closed meanwhile, so that the caller has to release what it guards. */
    public boolean leave() {
        return !state.compareAndSet(BUSY, FREE);
    }

    /** Whether it was closed, even if somebody is still inside. */
    public boolean isClosed() {
        return state.get() == CLOSED;
    }

    /** What {@link #close()} found. */
    public enum Closing {
        /** Nobody is inside, nor will be: the caller releases what is guarded. */
        NOW,
        /** Somebody is inside and is told by {@link #leave()}; the caller may hurry it. */
        WHEN_LEFT,
        /** Closed before. */
        ALREADY
    }

    public Closing close() {
        while (true) {
            if (state.compareAndSet(FREE, CLOSED)) {
                return Closing.NOW;
            }
            if (state.compareAndSet(BUSY, CLOSED)) {
                return Closing.WHEN_LEFT;
            }
            if (state.get() == CLOSED) {
                return Closing.ALREADY;
            }
        }
    }

    /**
     * Closes this gate and all behind it, the first time.
     *
     * @param awaited what somebody inside may be waiting for; closed first, which ends the wait
     * @param release gives up what is guarded; run here where nobody is inside, otherwise by whoever {@linkplain #leave leaves}
     */
    public void close(Closeable awaited, Runnable release) throws IOException {
        Closing closing = close();
        if (closing == Closing.ALREADY) {
            return;
        }
        try {
            awaited.close();
        } finally {
            if (closing == Closing.NOW) {
                release.run();
            }
        }
    }

    private IllegalStateException refused() {
        return new IllegalStateException(
                state.get() == CLOSED ? name + " is closed" : name + " is in use by another thread");
    }
}
