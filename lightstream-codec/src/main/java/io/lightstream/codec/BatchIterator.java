package io.lightstream.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Steps a {@link BatchReader} as an iterator: looks ahead only when asked, so that a borrowed batch lives until then. */
final class BatchIterator implements Iterator<RecordBatch> {
    private enum State {
        UNKNOWN,
        READY,
        ENDED
    }

    private final BatchReader reader;
    private State state = State.UNKNOWN;

    BatchIterator(BatchReader reader) {
        this.reader = reader;
    }

    @Override
    public boolean hasNext() {
        if (state == State.UNKNOWN) {
            try {
                state = reader.next() ? State.READY : State.ENDED;
            } catch (IOException e) {
                // Still unknown: an end would look like one that is none. The reader tells whether it can go on.
                throw new UncheckedIOException(e);
            }
        }
        return state == State.READY;
    }

    @Override
    public RecordBatch next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more batches");
        }
        state = State.UNKNOWN;
        return reader.batch();
    }
}
