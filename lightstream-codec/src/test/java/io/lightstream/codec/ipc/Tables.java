package io.lightstream.codec.ipc;

import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Small tables of one column, and their text. */
public final class Tables {
    public static final Field INT = Field.of("v", new DataType.Int(32, true));
    public static final Field TEXT = Field.of("v", new DataType.Utf8());

    private Tables() {}

    /** One batch with one column, which the caller closes. */
    public static RecordBatch column(BufferAllocator allocator, Field field, Object... values) {
        try (BatchBuilder builder = BatchBuilder.create(Schema.of(field), allocator)) {
            append(builder, values);
            return builder.finish();
        }
    }

    public static void append(BatchBuilder builder, Object... values) {
        for (Object value : values) {
            builder.column(0).appendValue(value);
        }
    }

    public static Field dictionary(Field values, long id, int indexBits, boolean signed) {
        return values.withDictionary(new DictionaryEncoding(id, new DataType.Int(indexBits, signed), false));
    }

    public static List<String> texts(Column column) {
        List<String> texts = new ArrayList<>();
        for (long row = 0; row < column.length(); row++) {
            texts.add(column.text(row));
        }
        return texts;
    }
}
