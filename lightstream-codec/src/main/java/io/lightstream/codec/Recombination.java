package io.lightstream.codec;

import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes batches of columns that come from others, and keeps what those point into. */
final class Recombination {
    private Recombination() {}

    static RecordBatch batch(Schema schema, long rows, Map<String, String> metadata, List<Column> columns) {
        requireColumns(schema, rows, columns);
        List<Column> named = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            named.add(withField(columns.get(i), schema.field(i)));
        }
        BatchMemory[] memories = ColumnMemory.retain(named);
        return new RecordBatch(schema, rows, metadata, BatchMemory.none(), memories, named::get);
    }

    /** Columns behind those of the batch, or in the place of the one of the same name. */
    static RecordBatch added(RecordBatch batch, Column... columns) {
        List<Field> fields = new ArrayList<>(batch.schema().fields());
        List<Column> all = batch.columns();
        for (Column column : columns) {
            Schema sofar = new Schema(fields, batch.schema().metadata());
            if (sofar.names().contains(column.name())) {
                int at = sofar.indexOf(column.name());
                fields.set(at, column.field());
                all.set(at, column);
            } else {
                fields.add(column.field());
                all.add(column);
            }
        }
        Schema schema = new Schema(fields, batch.schema().metadata());
        return batch(schema, batch.rowCount(), batch.metadata(), all);
    }

    /** Refuses columns that are not as many as the schema has, or not as long as the batch. */
    static void requireColumns(Schema schema, long rows, List<Column> columns) {
        if (columns.size() != schema.columnCount()) {
            throw new IllegalArgumentException(
                    "columns: expected " + schema.columnCount() + " as in the schema, found " + columns.size());
        }
        for (Column column : columns) {
            if (column.length() != rows) {
                throw new IllegalArgumentException(
                        "rows of column '" + column.name() + "': expected " + rows + ", found " + column.length());
            }
        }
    }

    private static Column withField(Column column, Field field) {
        Field found = column.field();
        if (found.equals(field)) {
            return column;
        }
        if (!storesTheSame(found, field)) {
            throw new IllegalArgumentException("column '" + found.name() + "': expected one for the field '" + field
                    + "' of the schema, found '" + found + "'");
        }
        if (!field.nullable() && column.nullCount() > 0) {
            throw new IllegalArgumentException("nulls of column '" + found.name() + "': expected 0 for the field '"
                    + field + "' of the schema, found " + column.nullCount());
        }
        return Column.of(column.data().withField(field));
    }

    /** Whether fields differ in nothing but name, metadata, nullability, and which number their dictionary has. */
    private static boolean storesTheSame(Field a, Field b) {
        return a.type().equals(b.type())
                && a.children().equals(b.children())
                && indexType(a).equals(indexType(b));
    }

    private static Optional<DataType.Int> indexType(Field field) {
        return field.dictionary().map(DictionaryEncoding::indexType);
    }
}
