package io.lightstream.formats.json;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.ColumnSelectionException;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.SelectedColumns;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some columns of a reader's batches. */
final class ChosenColumns implements BatchReader {
    private final BatchReader all;
    private final int[] indexes;
    private final Schema schema;
    private @Nullable RecordBatch chosen;

    /**
     * @param all closed with this reader
     * @throws ColumnSelectionException where a name is no column, or that of two
     */
    ChosenColumns(BatchReader all, List<String> names, String source) throws ColumnSelectionException {
        this.all = all;
        this.indexes = SelectedColumns.indexes(
                all.schema(), names, new InputSite(source, LightstreamException.UNKNOWN_POSITION));
        this.schema = all.schema().select(indexes);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public boolean next() throws IOException {
        release();
        if (!all.next()) {
            return false;
        }
        chosen = all.batch().select(indexes);
        return true;
    }

    @Override
    public boolean hasArrived() {
        return all.hasArrived();
    }

    @Override
    public RecordBatch batch() {
        RecordBatch batch = chosen;
        if (batch == null) {
            throw new IllegalStateException("no batch: next() has not returned true, or the reader is closed");
        }
        return batch;
    }

    @Override
    public void close() throws IOException {
        release();
        all.close();
    }

    private void release() {
        RecordBatch batch = chosen;
        chosen = null;
        if (batch != null) {
            batch.close();
        }
    }
}
