package io.lightstream.formats.json;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.internal.BorrowedBatch;
import io.lightstream.codec.internal.Gate;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Reads Arrow's integration-test JSON, batch by batch and without a tree of the text.
 *
 * <p>Keys may come in any order as long as the schema is first; only where batches stand before the dictionaries that they
 * need are all batches held in memory.
 *
 * <p>Everything in the text is checked; what is malformed is a {@link LightstreamException} that names line and column.
 * Positions are bytes of the text, of the unzipped one where it is gzipped. Obtained from {@link JsonFormat}.
 */
public final class JsonBatchReader implements BatchReader {
    private final JsonInput input;
    private final BufferAllocator allocator;
    private final JsonDocument document;
    private final Gate gate;
    private final BorrowedBatch current = new BorrowedBatch();

    private JsonBatchReader(String source, JsonInput input, BufferAllocator allocator, JsonDocument document) {
        this.gate = new Gate("The reader of " + source);
        this.input = input;
        this.allocator = allocator;
        this.document = document;
    }

    static JsonBatchReader open(InputStream stream, String source, BufferAllocator parent, ReadLimits limits)
            throws IOException {
        JsonInput input = JsonInput.open(stream, source);
        BufferAllocator allocator = null;
        try {
            allocator = parent.newChildAllocator("json " + source, 0, Long.MAX_VALUE);
            return new JsonBatchReader(source, input, allocator, JsonDocument.open(input, allocator, limits));
        } catch (IOException e) {
            closeAll(input, allocator);
            throw input.declared(e);
        } catch (RuntimeException e) {
            closeAll(input, allocator);
            throw e;
        }
    }

    private static void closeAll(JsonInput input, @Nullable BufferAllocator allocator) throws IOException {
        try {
            input.close();
        } finally {
            if (allocator != null) {
                allocator.close();
            }
        }
    }

    @Override
    public Schema schema() {
        return document.schema();
    }

    @Override
    public boolean next() throws IOException {
        gate.enter();
        try {
            return current.step(this::advance);
        } finally {
            if (gate.leave()) {
                release();
            }
        }
    }

    private boolean advance() throws IOException {
        try {
            RecordBatch next = document.next();
            if (next != null) {
                current.lend(next);
            }
            return next != null;
        } catch (IOException e) {
            document.close();
            throw input.declared(e);
        } catch (RuntimeException e) {
            document.close();
            throw e;
        }
    }

    @Override
    public RecordBatch batch() {
        return current.get();
    }

    /**
     * Ends the reading; a thread that waits for input in {@link #next()} wakes with an {@link IOException}. Idempotent.
     *
     * @throws IllegalStateException where slices of borrowed batches are still open
     */
    @Override
    public void close() throws IOException {
        switch (gate.close()) {
            case NOW -> release();
            case WHEN_LEFT -> input.interrupt();
            case ALREADY -> {}
        }
    }

    private void release() throws IOException {
        current.release();
        document.close();
        closeAll(input, allocator);
    }
}
