package io.lightstream.codec.arrow;

import io.lightstream.codec.BatchReader;
import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Gives the batches of a {@link BatchReader} to whatever takes an {@link ArrowReader}. */
final class BatchArrowReader extends ArrowReader {
    private final BatchReader batches;
    private final ArrowConversion conversion;
    private @Nullable ArrowVectors vectors;
    private long bytesRead;

    BatchArrowReader(BatchReader batches, BufferAllocator allocator, ArrowConversion conversion) {
        super(allocator);
        this.batches = batches;
        this.conversion = conversion;
    }

    @Override
    protected Schema readSchema() throws IOException {
        return ArrowSchemas.toArrow(batches.schema(), conversion);
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        prepareLoadNextBatch();
        if (!batches.next()) {
            return false;
        }
        if (vectors == null) {
            vectors = new ArrowVectors(allocator, dictionaries);
        }
        bytesRead += vectors.load(batches.batch(), getVectorSchemaRoot());
        return true;
    }

    /** Bytes of the batches so far as they would be in a stream. */
    @Override
    public long bytesRead() {
        return bytesRead;
    }

    @Override
    protected void closeReadSource() throws IOException {
        batches.close();
    }
}
