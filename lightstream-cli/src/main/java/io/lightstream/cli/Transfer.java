package io.lightstream.cli;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.RecordBatch;
import java.io.IOException;

/** The loop of every command that moves batches. */
final class Transfer {
    private Transfer() {}

    /**
     * Writes all batches, at most {@code maxRows} rows of them. Nothing is held back while the source lets wait.
     *
     * @return rows written
     */
    static long copy(BatchReader from, Sink to, long maxRows, Progress progress) throws IOException {
        long rows = 0;
        while (rows < maxRows && next(from, to)) {
            RecordBatch batch = from.batch();
            long wanted = Math.min(batch.rowCount(), maxRows - rows);
            if (wanted == batch.rowCount()) {
                to.write(batch);
            } else {
                try (RecordBatch part = batch.slice(0, wanted)) {
                    to.write(part);
                }
            }
            rows += wanted;
            progress.add(wanted, bytes(batch));
        }
        return rows;
    }

    private static boolean next(BatchReader from, Sink to) throws IOException {
        if (!from.hasArrived()) {
            to.flush();
        }
        return from.next();
    }

    /** Bytes of the columns' buffers, without dictionaries, which most batches share. */
    static long bytes(RecordBatch batch) {
        return batch.columns().stream().mapToLong(Transfer::bytes).sum();
    }

    private static long bytes(Column column) {
        ColumnData data = column.data();
        long bytes = 0;
        for (int i = 0; i < data.bufferCount(); i++) {
            bytes += data.length(i);
        }
        for (Column child : data.children()) {
            bytes += bytes(child);
        }
        return bytes;
    }
}
