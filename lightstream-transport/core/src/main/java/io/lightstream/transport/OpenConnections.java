package io.lightstream.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The connections of a server and the threads of their handlers: what it must wait for and close. Thread-safe. */
final class OpenConnections {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Connection> connections = new HashSet<>();

    /** Connections whose handlers run or wait for a thread, and the threads of those that run. */
    private final Map<Connection, Optional<Thread>> handlers = new HashMap<>();

    /** Threads of handlers that wait for the other handlers. */
    private final Set<Thread> waiting = new HashSet<>();

    /** Connections whose handlers were interrupted here. */
    private final Set<Connection> interrupted = new HashSet<>();

    private final int limit;

    /** Connections there are, and places taken for those that are being accepted. */
    private int taken;

    private boolean closed;

    /** Whether handlers that only begin now are interrupted as well. */
    private boolean interrupting;

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
    void handlerQueued(Connection connection) {
        change(() -> handlers.put(connection, Optional.empty()));
    }

    /** A handler runs on this thread. */
    void handlerStarted(Connection connection) {
        change(() -> {
            handlers.put(connection, Optional.of(Thread.currentThread()));
            if (interrupting) {
                interrupt(connection, Thread.currentThread());
            }
        });
    }

    /** A handler has returned, or will never run. Idempotent; true where it was interrupted here. */
    boolean handlerDone(Connection connection) {
        lock.lock();
        try {
            handlers.remove(connection);
            changed.signalAll();
            return interrupted.remove(connection);
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts all handlers that run or are going to, except one of this very thread and those that wait for the others. */
    void interruptHandlers() {
        change(() -> {
            interrupting = true;
            handlers.forEach((connection, thread) -> thread.filter(other -> !waiting.contains(other))
                    .filter(other -> other != Thread.currentThread())
                    .ifPresent(other -> interrupt(connection, other)));
        });
    }

    private void interrupt(Connection connection, Thread handler) {
        if (interrupted.add(connection)) {
            handler.interrupt();
        }
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
        long nanos = nanos(time);
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
            long nanos = nanos(time);
            while (!closed && taken == before && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until all handlers have returned, or the time has passed. On the thread of a handler it does not wait for that one,
     * nor for others that wait here themselves.
     *
     * @return false where the time has passed
     */
    boolean awaitHandlers(Duration time) throws InterruptedException {
        long nanos = nanos(time);
        lock.lockInterruptibly();
        try {
            Thread self = Thread.currentThread();
            boolean isHandler = handlers.containsValue(Optional.of(self));
            if (isHandler) {
                waiting.add(self);
                changed.signalAll();
            }
            try {
                while (handlers.values().stream().anyMatch(thread -> !(isHandler && isWaiting(thread)))) {
                    if (nanos <= 0) {
                        return false;
                    }
                    nanos = changed.awaitNanos(nanos);
                }
                return true;
            } finally {
                waiting.remove(self);
            }
        } finally {
            lock.unlock();
        }
    }

    /** As many as there are, up to some 292 years. */
    private static long nanos(Duration time) {
        return TimeUnit.NANOSECONDS.convert(time);
    }

    private boolean isWaiting(Optional<Thread> handler) {
        return handler.isPresent() && waiting.contains(handler.get());
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
