package io.lightstream.cli;

import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/** Shows a batch under a schema that says the same with other dictionary ids, or other names within maps. */
final class Relabelling {
    private static final BatchMemory[] NO_DICTIONARIES = {};

    private Relabelling() {}

    /**
     * {@code batch} under {@code schema}; the same object where nothing differs. Borrowed as {@code batch} is: it need not be
     * closed, and lives as long.
     */
    static RecordBatch to(Schema schema, RecordBatch batch) {
        if (batch.schema().fields().equals(schema.fields())) {
            return batch;
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < schema.columnCount(); i++) {
            columns.add(relabel(batch.column(i), schema.field(i)));
        }
        return new RecordBatch(
                schema, batch.rowCount(), batch.metadata(), BatchMemory.none(), NO_DICTIONARIES, columns::get);
    }

    private static Column relabel(Column column, Field field) {
        ColumnData data = column.data();
        long[] buffers = new long[2 * data.bufferCount()];
        for (int i = 0; i < data.bufferCount(); i++) {
            buffers[2 * i] = data.address(i);
            buffers[2 * i + 1] = data.length(i);
        }
        List<Column> children = new ArrayList<>();
        for (int i = 0; i < data.children().size(); i++) {
            children.add(relabel(data.children().get(i), field.children().get(i)));
        }
        Column dictionary = data.dictionary()
                .map(values -> relabel(values, field.valueField()))
                .orElse(null);
        return Column.of(new ColumnData(
                field, data.length(), data.nullCount(), data.offset(), buffers, children, dictionary, data.memory()));
    }
}
