package io.lightstream.codec;

import io.lightstream.codec.arrow.ArrowBatches;
import io.lightstream.codec.arrow.ArrowConversion;
import io.lightstream.codec.schema.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * A source of record batches of one schema: a connection, a file, a mapping, a table in memory.
 *
 * <p>Ownership: the batch is <em>borrowed</em>. It is valid until the next call of {@link #next()} or {@link #close()};
 * {@link RecordBatch#take} gives one that the caller owns. The reader owns its source and closes it.
 *
 * <p>A reader serves one thread at a time; a second thread inside of {@link #next()} gets {@link IllegalStateException}.
 * {@link #close()} may come from any thread and wakes a reader that is blocked.
 *
 * <p>An error is final, unless a reader says otherwise of one of its own: the borrowed batch is gone, and each further {@link
 * #next()} throws {@link IllegalStateException} with the first error as its cause. So nobody who tries again takes what cannot
 * be read for the end.
 */
public interface BatchReader extends Iterable<RecordBatch>, Closeable {
    /** Schema of all batches. */
    Schema schema();

    /**
     * Moves to the next batch and releases the one before.
     *
     * @return false at the end
     * @throws LightstreamException where the input is malformed, truncated, over a limit or not supported
     * @throws IOException where the source fails
     * @throws IllegalStateException where the reader is closed, in use by another thread, or has failed before
     */
    boolean next() throws IOException;

    /**
     * Whether something of what comes next has arrived. Where nothing has, {@link #next()} may take as long as the producer
     * likes, and who passes batches on had better flush before.
     *
     * @return true where nobody is waited for, as in a mapped file; false where it is not known, as here
     */
    default boolean hasArrived() {
        return false;
    }

    /**
     * The batch that {@link #next()} moved to, borrowed.
     *
     * @throws IllegalStateException before the first batch, after the last one and after close
     */
    RecordBatch batch();

    /**
     * The remaining batches, each borrowed until the next step. One iteration only: it moves this reader, and a second iterator
     * goes on where that has stopped. Readers that can begin again say so. Errors come as {@link java.io.UncheckedIOException}.
     */
    @Override
    default Iterator<RecordBatch> iterator() {
        return new BatchIterator(this);
    }

    /**
     * This reader as Arrow Java has it: for the C data interface, DuckDB, Spark. Closing it closes this one; vectors, and arrays
     * that were exported, may outlive both. Arrow Java's {@code arrow-c-data} needs the JVM option {@code
     * --add-opens=java.base/java.nio=ALL-UNNAMED}, on every JDK; nothing else here does.
     *
     * <p>Columns are converted as {@link ArrowConversion#EXACT} says, so a decimal of 32 or 64 bits is an {@link
     * UnsupportedFeatureException} from the result. {@link ArrowBatches#reader} with {@link ArrowConversion#WIDEN} makes 128 bits of
     * it.
     *
     * @param allocator of the vectors; must have the same root as the memory of the batches
     */
    default ArrowReader asArrowReader(BufferAllocator allocator) {
        return ArrowBatches.reader(this, allocator, ArrowConversion.EXACT);
    }

    /**
     * Releases the borrowed batch and all else that is held, and closes the source. Idempotent.
     *
     * <p>Another thread that is blocked in {@link #next()} wakes with an {@link IOException}. One that works on the borrowed
     * batch has it taken away: only the thread that works on the batches may know when to close. To stop it from outside, close
     * what it reads from, such as a connection, which leaves it the batch until its next step.
     *
     * @throws IOException where the source cannot be closed
     */
    @Override
    void close() throws IOException;
}
