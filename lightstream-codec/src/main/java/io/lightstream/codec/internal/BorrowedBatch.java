package io.lightstream.codec.internal;

import io.lightstream.codec.RecordBatch;
import org.jspecify.annotations.Nullable;

/** The batch that a reader lends until its next step. */
public final class BorrowedBatch {
    private @Nullable RecordBatch batch;

    /** The batch that is lent. */
    public RecordBatch get() {
        RecordBatch lent = batch;
        if (lent == null) {
            throw new IllegalStateException("no batch: next() has not returned true, or the reader is closed");
        }
        return lent;
    }

    /** Lends another batch, which this closes in time; the one before must have been released. */
    public void lend(RecordBatch next) {
        batch = next;
    }

    /** Closes the batch that is lent, if there is one. */
    public void release() {
        RecordBatch lent = batch;
        batch = null;
        if (lent != null) {
            lent.close();
        }
    }
}
