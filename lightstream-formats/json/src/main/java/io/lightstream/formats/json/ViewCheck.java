package io.lightstream.formats.json;

import static io.lightstream.codec.internal.ViewFormat.BUFFER_AT;
import static io.lightstream.codec.internal.ViewFormat.FIRST_DATA_BUFFER;
import static io.lightstream.codec.internal.ViewFormat.INLINE_AT;
import static io.lightstream.codec.internal.ViewFormat.INLINE_BYTES;
import static io.lightstream.codec.internal.ViewFormat.OFFSET_AT;
import static io.lightstream.codec.internal.ViewFormat.VIEWS;
import static io.lightstream.codec.internal.ViewFormat.VIEW_BYTES;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.memory.NativeMemory;

/** Checks that long views point into the data buffers of their column, where their prefixes are. */
final class ViewCheck {
    private ViewCheck() {}

    static void check(JsonInput input, ParsedColumn column) throws LightstreamException {
        for (long i = 0; i < column.count(); i++) {
            long view = column.buffer(VIEWS).address() + i * VIEW_BYTES;
            if (NativeMemory.getInt(view) <= INLINE_BYTES || isRange(column, view)) {
                continue;
            }
            if (column.isValid(i)) {
                throw input.malformed(
                        "view " + i + " of column '" + column.field().name() + "'",
                        "a range of one of " + (column.buffers().size() - FIRST_DATA_BUFFER)
                                + " buffers that begins with the prefix",
                        NativeMemory.getInt(view) + " bytes at " + NativeMemory.getInt(view + OFFSET_AT) + " of buffer "
                                + NativeMemory.getInt(view + BUFFER_AT));
            }
            // What a null slot holds means nothing, but other readers may follow it.
            NativeMemory.fill(view, VIEW_BYTES, (byte) 0);
        }
    }

    private static boolean isRange(ParsedColumn column, long view) {
        int buffer = NativeMemory.getInt(view + BUFFER_AT);
        if (buffer >= column.buffers().size() - FIRST_DATA_BUFFER) {
            return false;
        }
        NativeBuffer data = column.buffer(FIRST_DATA_BUFFER + buffer);
        long offset = NativeMemory.getInt(view + OFFSET_AT);
        return offset + NativeMemory.getInt(view) <= data.length()
                && NativeMemory.getInt(data.address() + offset) == NativeMemory.getInt(view + INLINE_AT);
    }
}
