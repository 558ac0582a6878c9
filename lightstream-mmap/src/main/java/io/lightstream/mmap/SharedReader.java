package io.lightstream.mmap;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.internal.BorrowedBatch;
import io.lightstream.codec.internal.Gate;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A reader that one thread steps, while any thread asks for batches by number. It knows whether it is open, and the batch that is
 * borrowed.
 */
abstract sealed class SharedReader implements BatchReader permits MappedArrowFile, MappedDataset {
    /** Held while a batch is made: threads that ask for one by number wait for each other. */
    private final ReentrantLock lock = new ReentrantLock();
    /** Passed by the one thread that steps. */
    private final Gate gate;

    private final BorrowedBatch current = new BorrowedBatch();
    private final Advance advance = new Advance();
    private final String name;
    private boolean closed;

    /** @param name what errors call this */
    SharedReader(String name) {
        this.name = name;
        this.gate = new Gate("The reader of " + name);
    }

    /** The batch behind the one before, owned by the caller; empty at the end. */
    abstract Optional<RecordBatch> nextBatch() throws IOException;

    /** Makes the first batch the next one. */
    abstract void restart();

    /** Gives up everything but batches. Called once. */
    abstract void release() throws IOException;

    /**
     * Waits until no other thread is inside; to be followed by {@link #leave()}.
     *
     * @throws IllegalStateException where this is closed
     */
    final void enter() {
        lock.lock();
        if (closed) {
            lock.unlock();
            throw new IllegalStateException(name + " is closed");
        }
    }

    final void leave() {
        lock.unlock();
    }

    /**
     * Moves to the next batch and releases the one before; see {@link BatchReader#next()}. After an error, batches can still be
     * asked for by number, and {@link #iterator()} begins again.
     */
    @Override
    public final boolean next() throws IOException {
        gate.enter();
        try {
            return current.step(advance);
        } finally {
            if (gate.leave()) {
                current.release();
            }
        }
    }

    /** No lambda, which takes a cold process half a millisecond. */
    private final class Advance implements BorrowedBatch.Step<IOException> {
        @Override
        public boolean run() throws IOException {
            enter();
            try {
                Optional<RecordBatch> next = nextBatch();
                if (next.isPresent()) {
                    current.lend(next.get());
                }
                return next.isPresent();
            } finally {
                leave();
            }
        }
    }

    /** Always true: nobody is waited for. */
    @Override
    public final boolean hasArrived() {
        return true;
    }

    /**
     * All batches, from the first one on, each borrowed until the next step. Each call begins again, and with it {@link #next()}:
     * of several iterators only the last one is to be used. Errors come as {@link java.io.UncheckedIOException}.
     *
     * @throws IllegalStateException where this is closed, or another thread is inside of {@link #next()}
     */
    @Override
    public final Iterator<RecordBatch> iterator() {
        gate.enter();
        try {
            current.restart();
            restart();
        } finally {
            if (gate.leave()) {
                current.release();
            }
        }
        return BatchReader.super.iterator();
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
                try {
                    if (gate.close() == Gate.Closing.NOW) {
                        current.release();
                    }
                } finally {
                    release();
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
