package io.lightstream.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The connections of a server and the threads of their handlers: what it must wait for and close. Thread-safe. */
final class OpenConnections {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Connection> connections = new HashSet<>();
    private final Set<Thread> handlers = new HashSet<>();
    private final int limit;

    /** Connections there are, and places taken for those that are being accepted. */
    private int taken;

    /** Handlers that run or wait for a thread. */
    private int pendingHandlers;

    private boolean closed;

    OpenConnections(int limit) {
        this.limit = limit;
    }

    /** Takes a place, waiting for one if need be; false once closed. */
    boolean reserve() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && taken >= limit) {
                changed.await();
            }
            if (closed) {
                return false;
            }
            taken++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a place back that no connection came to use. */
    void unreserve() {
        change(() -> taken--);
    }

    /** Puts a connection into the place that was reserved for it; false once closed, and the place is given back. */
    boolean add(Connection connection) {
        lock.lock();
        try {
            if (closed) {
                taken--;
                changed.signalAll();
                return false;
            }
            connections.add(connection);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A connection was closed. */
    void remove(Connection connection) {
        change(() -> {
            if (connections.remove(connection)) {
                taken--;
            }
        });
    }

    /** A handler is going to run. */
    void handlerQueued() {
        change(() -> pendingHandlers++);
    }

    /** A handler runs on this thread. */
    void handlerStarted() {
        change(() -> handlers.add(Thread.currentThread()));
    }

    /** A handler has returned, or will never run. */
    void handlerDone() {
        change(() -> {
            handlers.remove(Thread.currentThread());
            pendingHandlers--;
        });
    }

    /** Lets nobody in any more; false where that was so already. */
    boolean close() {
        lock.lock();
        try {
            boolean first = !closed;
            closed = true;
            changed.signalAll();
            return first;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is no connection left, or the time has passed. */
    void awaitEmpty(Duration time) throws InterruptedException {
        long nanos = time.toNanos();
        lock.lockInterruptibly();
        try {
            while (!connections.isEmpty() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a connection was closed or the server is, or the time has passed. */
    void awaitChange(Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            int before = taken;
            long nanos = time.toNanos();
            while (!closed && taken == before && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all handlers have returned, except one that runs on this very thread. */
    void awaitHandlers() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (pendingHandlers > (handlers.contains(Thread.currentThread()) ? 1 : 0)) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Wakes the threads of all connections; of every one, even if another fails. */
    void abortConnections() throws IOException {
        IOException failure = null;
        for (Connection connection : snapshot()) {
            try {
                connection.abort();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** How many there are. */
    int count() {
        return snapshot().size();
    }

    private List<Connection> snapshot() {
        lock.lock();
        try {
            return new ArrayList<>(connections);
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
