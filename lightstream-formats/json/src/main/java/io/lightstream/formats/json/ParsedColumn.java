package io.lightstream.formats.json;

import io.lightstream.codec.schema.Field;
import java.util.List;

/**
 * One column as the text has it, its dictionary not yet known.
 *
 * @param buffers in the order of the layout, then the variadic ones; an absent one is empty
 */
record ParsedColumn(Field field, long count, long nullCount, List<NativeBuffer> buffers, List<ParsedColumn> children) {
    NativeBuffer buffer(int index) {
        return buffers.get(index);
    }

    /** Whether the row's own bit says so. */
    boolean isValid(long row) {
        return nullCount == 0 || buffers.get(0).bit(row);
    }
}
