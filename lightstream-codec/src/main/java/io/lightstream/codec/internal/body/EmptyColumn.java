package io.lightstream.codec.internal.body;

import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.schema.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns without rows, which need no memory: stand for a dictionary that nobody has sent, because nobody needs a value of it. */
final class EmptyColumn {
    private EmptyColumn() {}

    static Column of(Field field) {
        boolean encoded = field.dictionary().isPresent();
        List<Column> children = encoded
                ? List.of()
                : field.children().stream().map(EmptyColumn::of).toList();
        @Nullable Column dictionary = encoded ? of(field.valueField()) : null;
        long[] buffers = new long[2 * field.layout().buffers().size()];
        return Column.of(new ColumnData(field, 0, 0, 0, buffers, children, dictionary, BatchMemory.none()));
    }
}
