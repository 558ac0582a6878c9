package io.lightstream.codec.arrow;

import io.lightstream.codec.BatchReader;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Gives the batches of a {@link BatchReader} to whatever takes an {@link ArrowReader}. The vectors are made here, not by the
 * super class, which loses some.
 */
final class BatchArrowReader extends ArrowReader {
    private final BatchReader batches;
    private final ArrowConversion conversion;
    private final ArrowVectors vectors;
    private final Map<Long, Dictionary> made = new HashMap<>();
    private @Nullable VectorSchemaRoot root;
    private long bytesRead;
    /** Whether the current batch is still to be loaded: it was not, where the allocator had no room for what is copied. */
    private boolean pending;

    BatchArrowReader(BatchReader batches, BufferAllocator allocator, ArrowConversion conversion) {
        super(allocator);
        this.batches = batches;
        this.conversion = conversion;
        this.vectors = new ArrowVectors(allocator, made);
    }

    @Override
    protected Schema readSchema() throws IOException {
        return ArrowSchemas.toArrow(batches.schema(), conversion);
    }

    @Override
    protected void initialize() throws IOException {
        root = vectors.create(batches.schema(), conversion);
        dictionaries = Collections.unmodifiableMap(made);
    }

    @Override
    public VectorSchemaRoot getVectorSchemaRoot() throws IOException {
        ensureInitialized();
        return Objects.requireNonNull(root);
    }

    /** Loads the next batch; where that fails for want of memory, the batch is not lost: the next call tries again. */
    @Override
    public boolean loadNextBatch() throws IOException {
        getVectorSchemaRoot().setRowCount(0);
        pending = pending || batches.next();
        if (!pending) {
            return false;
        }
        bytesRead += vectors.load(batches.batch(), getVectorSchemaRoot());
        pending = false;
        return true;
    }

    /** Bytes of the batches so far as they would be in a stream. */
    @Override
    public long bytesRead() {
        return bytesRead;
    }

    @Override
    public void close(boolean closeReadSource) throws IOException {
        if (root != null) {
            root.close();
        }
        made.values().forEach(dictionary -> dictionary.getVector().close());
        if (closeReadSource) {
            closeReadSource();
        }
    }

    @Override
    protected void closeReadSource() throws IOException {
        batches.close();
    }
}
