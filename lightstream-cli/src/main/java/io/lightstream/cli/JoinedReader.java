package io.lightstream.cli;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.compare.Difference;
import io.lightstream.codec.compare.SchemaComparison;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Several sources of one schema, one after the other; each is opened when the one before it has ended. */
final class JoinedReader implements BatchReader {
    private final List<String> names;
    private final Sources sources;
    private final Schema schema;
    private BatchReader current;
    private int index;
    private @Nullable RecordBatch batch;

    /**
     * @param first opened from the first name; closed with this reader
     * @param sources opens the others
     */
    JoinedReader(List<String> names, BatchReader first, Sources sources) {
        this.names = names;
        this.sources = sources;
        this.current = first;
        this.schema = first.schema();
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public boolean next() throws IOException {
        batch = null;
        while (!current.next()) {
            if (index + 1 == names.size()) {
                return false;
            }
            current.close();
            index++;
            current = sources.open(names.get(index));
            requireSameSchema();
        }
        // Sources number their dictionaries as they like; a writer wants them all alike.
        batch = Relabelling.to(schema, current.batch());
        return true;
    }

    private void requireSameSchema() throws LightstreamException {
        Optional<Difference> difference = SchemaComparison.compare(
                schema.withMetadata(Map.of()), current.schema().withMetadata(Map.of()));
        if (difference.isPresent()) {
            throw new LightstreamException(
                    names.get(index),
                    LightstreamException.UNKNOWN_POSITION,
                    "schema as in " + names.get(0) + ": " + difference.get());
        }
    }

    @Override
    public boolean hasArrived() {
        return current.hasArrived();
    }

    @Override
    public RecordBatch batch() {
        RecordBatch present = batch;
        if (present == null) {
            throw new IllegalStateException("no batch: next() has not returned true");
        }
        return present;
    }

    @Override
    public void close() throws IOException {
        batch = null;
        current.close();
    }
}
