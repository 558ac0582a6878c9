package io.lightstream.codec.ipc;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.RecordBatch;
import java.io.IOException;

/** Reads to the end and looks at every value, so that what was not checked has its chance to do harm. */
public final class EveryValue {
    private static final String NULL = "null";

    private long batches;
    private long rows;
    private long characters;

    private EveryValue() {}

    /** Batches and rows that were read. */
    public record Read(long batches, long rows) {}

    /** Reads to the end. */
    public static Read of(BatchReader reader) throws IOException {
        EveryValue values = new EveryValue();
        while (reader.next()) {
            values.look(reader.batch());
        }
        return new Read(values.batches, values.rows);
    }

    private void look(RecordBatch batch) {
        batches++;
        rows += batch.rowCount();
        for (int column = 0; column < batch.columnCount(); column++) {
            for (long row = 0; row < batch.rowCount(); row++) {
                String text = batch.column(column).text(row);
                if (batch.column(column).isNull(row) && !text.equals(NULL)) {
                    throw new AssertionError("a null is written as " + text);
                }
                characters += text.length();
            }
        }
        if (characters < 0) {
            throw new AssertionError("more text than there can be");
        }
    }
}
