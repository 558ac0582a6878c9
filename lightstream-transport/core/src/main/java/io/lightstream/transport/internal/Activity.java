package io.lightstream.transport.internal;

/** When bytes last moved in either direction of a link; written and read by the threads of both. */
final class Activity {
    private volatile long lastNanos = System.nanoTime();

    /** Bytes have moved. */
    void moved() {
        lastNanos = System.nanoTime();
    }

    /** Since when nothing has moved, on the scale of {@link System#nanoTime()}. */
    long lastNanos() {
        return lastNanos;
    }
}
