package io.lightstream.formats.json;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;
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
    private enum State {
        IDLE,
        READING,
        CLOSED
    }

    private final JsonInput input;
    private final BufferAllocator allocator;
    private final JsonDocument document;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private @Nullable RecordBatch batch;
    private boolean released;

    private JsonBatchReader(JsonInput input, BufferAllocator allocator, JsonDocument document) {
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
            return new JsonBatchReader(input, allocator, JsonDocument.open(input, allocator, limits));
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
        if (!state.compareAndSet(State.IDLE, State.READING)) {
            throw new IllegalStateException(
                    state.get() == State.CLOSED ? "the reader is closed" : "another thread is in next()");
        }
        try {
            return step();
        } catch (IOException | RuntimeException e) {
            document.close();
            if (state.get() == State.CLOSED) {
                throw new IOException("the reader was closed while it read", e);
            }
            if (e instanceof IOException failure) {
                throw input.declared(failure);
            }
            throw e;
        } finally {
            if (!state.compareAndSet(State.READING, State.IDLE)) {
                release();
            }
        }
    }

    private boolean step() throws IOException {
        closeBatch();
        RecordBatch next = document.next();
        batch = next;
        return next != null;
    }

    private void closeBatch() {
        RecordBatch last = batch;
        batch = null;
        if (last != null) {
            last.close();
        }
    }

    @Override
    public RecordBatch batch() {
        RecordBatch current = batch;
        if (current == null || state.get() == State.CLOSED) {
            throw new IllegalStateException("there is no current batch: next() has to return true first");
        }
        return current;
    }

    @Override
    public void close() throws IOException {
        State before = state.getAndSet(State.CLOSED);
        if (before == State.READING) {
            // The other thread fails, and releases everything on its way out.
            input.interrupt();
        } else if (before == State.IDLE) {
            release();
        }
    }

    private void release() throws IOException {
        if (!released) {
            released = true;
            closeBatch();
            document.close();
            closeAll(input, allocator);
        }
    }
}
