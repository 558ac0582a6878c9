package io.lightstream.transport.internal;

import io.lightstream.transport.spi.ConnectionClosedException;
import io.lightstream.transport.spi.TransportErrors;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Waits until one direction of a non-blocking channel can move, at most for the time-outs. A blocking channel of the JDK
 * knows no time-out that would not copy the bytes, and a watchdog would be a hidden thread; so the thread that reads or
 * writes waits itself, by a selector of its direction's own, and only when the channel has nothing for it.
 */
final class Readiness implements Closeable {
    private final SocketChannel channel;
    private final Selector selector;
    private final String source;
    private final Activity activity;
    private final boolean reading;
    private final Optional<Duration> timeout;
    private final Optional<Duration> idle;

    Readiness(SocketChannel channel, int operation, String source, Activity activity, Timeouts timeouts)
            throws IOException {
        this.channel = channel;
        this.source = source;
        this.activity = activity;
        this.reading = operation == SelectionKey.OP_READ;
        this.timeout = reading ? timeouts.read() : timeouts.write();
        this.idle = timeouts.idle();
        this.selector = channel.provider().openSelector();
        try {
            channel.register(selector, operation);
        } catch (IOException | RuntimeException e) {
            selector.close();
            throw e;
        }
    }

    /**
     * Returns when it is worth to try again.
     *
     * @throws java.net.SocketTimeoutException when a time-out has passed
     * @throws ConnectionClosedException when the link is closed, or the thread is interrupted, which closes it
     */
    void await() throws IOException {
        long start = System.nanoTime();
        try {
            while (true) {
                long millis = remainingMillis(start);
                boolean ready = selector.select(key -> {}, millis) > 0;
                failIfClosed();
                if (ready) {
                    return;
                }
            }
        } catch (ClosedSelectorException e) {
            throw new ConnectionClosedException(source, action(), e);
        }
    }

    /** Wakes the thread that waits, if any. */
    @Override
    public void close() throws IOException {
        selector.close();
    }

    /** As interruptible as a blocking channel: an interrupt closes, and stays set. */
    private void failIfClosed() throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            channel.close();
        }
        if (!channel.isOpen() || !selector.isOpen()) {
            throw new ConnectionClosedException(source, action(), null);
        }
    }

    /**
     * What is left of the time-out that ends first; 0 is for ever, as selectors have it. Before somebody waits, nothing is idle: who
     * was busy with a batch has not given the peer any time yet.
     */
    private long remainingMillis(long start) throws IOException {
        long now = System.nanoTime();
        long direction = remaining(timeout, now - start);
        if (direction <= 0) {
            throw TransportErrors.timedOut(source, action(), awaited(), timeout.orElseThrow());
        }
        long both = remaining(idle, Math.min(now - start, now - activity.lastNanos()));
        if (both <= 0) {
            throw TransportErrors.timedOut(source, "idle", "bytes in either direction", idle.orElseThrow());
        }
        long nanos = Math.min(direction, both);
        return nanos == Long.MAX_VALUE ? 0 : 1 + TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private static long remaining(Optional<Duration> limit, long elapsedNanos) {
        return limit.isPresent() ? limit.get().toNanos() - elapsedNanos : Long.MAX_VALUE;
    }

    private String action() {
        return reading ? "read" : "write";
    }

    private String awaited() {
        return reading ? "bytes" : "room for bytes";
    }
}
