package io.lightstream.mmap;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.internal.BorrowedBatch;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A reader that several threads ask for batches, one at a time. It knows whether it is open, and the batch that is borrowed. */
abstract sealed class SharedReader implements BatchReader permits MappedArrowFile, MappedDataset {
    private final ReentrantLock lock = new ReentrantLock();
    private final BorrowedBatch current = new BorrowedBatch();
    private boolean closed;

    /** The batch behind the one before, owned by the caller; empty at the end. */
    abstract Optional<RecordBatch> nextBatch() throws IOException;

    /** Gives up everything but batches. Called once. */
    abstract void release() throws IOException;

    /** What errors call this. */
    abstract String name();

    /**
     * Waits until no other thread is inside; to be followed by {@link #leave()}.
     *
     * @throws IllegalStateException where this is closed
     */
    final void enter() {
        lock.lock();
        if (closed) {
            lock.unlock();
            throw new IllegalStateException(name() + " is closed");
        }
    }

    final void leave() {
        lock.unlock();
    }

    @Override
    public final boolean next() throws IOException {
        enter();
        try {
            current.release();
            Optional<RecordBatch> next = nextBatch();
            if (next.isPresent()) {
                current.lend(next.get());
            }
            return next.isPresent();
        } finally {
            leave();
        }
    }

    @Override
    public final RecordBatch batch() {
        return current.get();
    }

    /** Closes the mapping and the borrowed batch; batches of the caller's own stay. Idempotent. */
    @Override
    public final void close() throws IOException {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                current.release();
                release();
            }
        } finally {
            lock.unlock();
        }
    }
}
