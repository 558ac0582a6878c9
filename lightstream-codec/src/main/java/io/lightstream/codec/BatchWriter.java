package io.lightstream.codec;

import io.lightstream.codec.arrow.ArrowBatches;
import io.lightstream.codec.schema.Schema;
import java.io.Closeable;
import java.io.IOException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * A sink of record batches of one schema.
 *
 * <p>Ownership: writers borrow what they are given and never close it; when {@link #write} returns, the batch may be closed
 * or changed. The writer owns its sink and closes it. One thread at a time.
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

    /** Hands everything that was written to the sink. */
    void flush() throws IOException;

    /** Ends the stream or file as its format asks, flushes and closes the sink; idempotent. */
    @Override
    void close() throws IOException;
}
