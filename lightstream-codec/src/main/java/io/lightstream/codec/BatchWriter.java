package io.lightstream.codec;

import io.lightstream.codec.arrow.ArrowBatches;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.schema.Schema;
import java.io.Closeable;
import java.io.IOException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * A sink of record batches of one schema.
 *
 * <p>Ownership: writers borrow what they are given and never close it; when {@link #write} returns, the batch may be closed
 * or changed. The writer owns its sink and closes it.
 *
 * <p>{@link #close()} ends what was written, and whoever reads it takes it for the whole. Where the batches to come cannot be had,
 * because their source fails, {@link #abandon()} tells the reader so; {@link #writeAll} does it by itself.
 *
 * <p>One thread at a time; a second one inside of a method gets {@link IllegalStateException}. {@link #close()} may come from any
 * thread and wakes a writer that is blocked, where the sink can be closed; there is no end then.
 */
public interface BatchWriter extends Closeable {
    /** Schema that every batch must have. */
    Schema schema();

    /**
     * Writes one batch. Small batches may be held back until {@link #flush()}.
     *
     * @throws IllegalArgumentException where the batch has another schema, or more columns or custom metadata than the metadata
     *     of one message can describe
     * @throws UnsupportedFeatureException where the format cannot say something that the batch has; the message names it
     * @throws InvalidValueException where the batch was read without validation and its values lead outside of it
     * @throws IOException where the sink fails; the writer is unusable then
     * @throws IllegalStateException where the writer is closed
     */
    void write(RecordBatch batch) throws IOException;

    /**
     * Writes the rows of an Arrow Java root as they are now, without copying them first.
     *
     * @throws IOException as {@link #write(RecordBatch)}
     */
    default void write(VectorSchemaRoot root) throws IOException {
        try (RecordBatch batch = ArrowBatches.borrow(root)) {
            write(batch);
        }
    }

    /**
     * As {@link #write(VectorSchemaRoot)}, for a root with dictionary-encoded vectors.
     *
     * @param dictionaries gives the dictionaries by id
     * @throws IOException as {@link #write(RecordBatch)}
     */
    default void write(VectorSchemaRoot root, DictionaryProvider dictionaries) throws IOException {
        try (RecordBatch batch = ArrowBatches.borrow(root, dictionaries)) {
            write(batch);
        }
    }

    /**
     * Writes all remaining batches of a source, and flushes before it waits for one. Where the source or the writing fails, this
     * writer is {@linkplain #abandon() abandoned}.
     *
     * @param batches of this writer's schema; stays the caller's to close
     * @throws IOException where the source fails, or as {@link #write(RecordBatch)}
     */
    default void writeAll(BatchReader batches) throws IOException {
        try {
            while (nextOf(batches)) {
                write(batches.batch());
            }
        } catch (IOException | RuntimeException | Error e) {
            Closeables.closeAfter(e, this::abandon);
            throw e;
        }
    }

    private boolean nextOf(BatchReader batches) throws IOException {
        if (!batches.hasArrived()) {
            flush();
        }
        return batches.next();
    }

    /** Hands everything that was written to the sink. */
    void flush() throws IOException;

    /** Ends the stream or file as its format asks, flushes and closes the sink; idempotent, and without effect once abandoned. */
    @Override
    void close() throws IOException;

    /**
     * Hands on what was written and closes the sink, in a way that nobody takes for the end: a stream breaks off inside of a
     * message, a file gets no footer. Whoever reads finds it truncated, behind the batches that were written. Idempotent, and
     * without effect once closed.
     *
     * @throws IOException where the sink fails; it is closed all the same
     */
    void abandon() throws IOException;
}
