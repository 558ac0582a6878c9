package io.lightstream.codec.internal;

import io.lightstream.codec.RecordBatch;
import org.jspecify.annotations.Nullable;

/** The batch that a reader lends until its next step, and the failure that ended its steps. One thread at a time. */
public final class BorrowedBatch {
    private @Nullable RecordBatch batch;
    private @Nullable Throwable failure;

    /** What a reader does to come to its next batch, which it {@linkplain #lend lends}. */
    @FunctionalInterface
    public interface Step<E extends Exception> {
        /** False at the end. */
        boolean run() throws E;

        /** Whether no other step may follow this failure; always true where that is not overridden. */
        default boolean isFinal(Throwable failure) {
            return true;
        }
    }

    /**
     * Gives up the batch that is lent and makes a step.
     *
     * @throws IllegalStateException with the failure as its cause, where a step has failed for good before
     */
    public <E extends Exception> boolean step(Step<E> next) throws E {
        if (failure != null) {
            throw new IllegalStateException("nothing can be read after a failure: " + failure.getMessage(), failure);
        }
        release();
        try {
            return next.run();
        } catch (Exception | Error e) {
            failure = next.isFinal(e) ? e : null;
            throw e;
        }
    }

    /** Lets steps be made again after a failure: the reader begins anew. */
    public void restart() {
        failure = null;
    }

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
