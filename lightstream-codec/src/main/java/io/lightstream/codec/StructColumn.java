package io.lightstream.codec;

import java.util.List;

/** Children side by side, one value of each a row. */
final class StructColumn extends Column {
    StructColumn(ColumnData data) {
        super(data);
    }

    @Override
    public List<Column> children() {
        return data.children().stream()
                .map(child -> child.slice(data.offset(), length()))
                .toList();
    }
}
