package io.lightstream.cli;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;

/**
 * Remembers whether a reader has failed: where something else may fail as well, another reader or a writer, the exception does
 * not tell which one it was.
 */
final class WatchedReader implements BatchReader {
    private final BatchReader reader;
    private boolean failed;

    /**
     * @param reader closed with this one
     */
    WatchedReader(BatchReader reader) {
        this.reader = reader;
    }

    boolean hasFailed() {
        return failed;
    }

    @Override
    public Schema schema() {
        return reader.schema();
    }

    @Override
    public boolean next() throws IOException {
        boolean ended = false;
        try {
            boolean more = reader.next();
            ended = true;
            return more;
        } finally {
            failed = !ended;
        }
    }

    @Override
    public boolean hasArrived() {
        return reader.hasArrived();
    }

    @Override
    public RecordBatch batch() {
        return reader.batch();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
