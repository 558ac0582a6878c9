package io.lightstream.formats.json;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.io.OutputStream;

/** Writes each batch as JSON, to nowhere, before it hands it out. */
final class WrittenReader implements BatchReader {
    private final BatchReader batches;
    private final JsonBatchWriter writer;

    /** Takes over the reader. */
    WrittenReader(BatchReader batches) throws IOException {
        this.batches = batches;
        this.writer = JsonFormat.create(OutputStream.nullOutputStream(), batches.schema());
    }

    @Override
    public Schema schema() {
        return batches.schema();
    }

    @Override
    public boolean next() throws IOException {
        boolean more = batches.next();
        if (more) {
            writer.write(batches.batch());
        }
        return more;
    }

    @Override
    public RecordBatch batch() {
        return batches.batch();
    }

    @Override
    public void close() throws IOException {
        try (batches) {
            writer.close();
        }
    }
}
