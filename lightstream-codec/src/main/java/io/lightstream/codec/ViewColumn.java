package io.lightstream.codec;

import static io.lightstream.codec.internal.ViewFormat.BUFFER_AT;
import static io.lightstream.codec.internal.ViewFormat.INLINE_AT;
import static io.lightstream.codec.internal.ViewFormat.INLINE_BYTES;
import static io.lightstream.codec.internal.ViewFormat.OFFSET_AT;
import static io.lightstream.codec.internal.ViewFormat.VIEW_BYTES;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.TypeId;

/**
 * Text and binary as views of 16 bytes:
 *
 * <pre>
 * up to 12 bytes:  | length i32 | the bytes, zero-padded to 12        |
 * longer:          | length i32 | prefix 4 | buffer i32 | offset i32  |
 * </pre>
 */
final class ViewColumn extends Column {
    /** Index of the first variadic buffer. */
    static final int VARIADIC = 2;

    private static final int VIEWS = 1;

    ViewColumn(ColumnData data) {
        super(data);
    }

    @Override
    public String getString(long row) {
        if (type().id() != TypeId.UTF8_VIEW) {
            throw mismatch("text");
        }
        return new String(getBytes(row), UTF_8);
    }

    @Override
    public byte[] getBytes(long row) {
        requireValid(checkRow(row));
        long view = view(row);
        byte[] bytes = new byte[NativeMemory.getInt(view)];
        long from = bytes.length <= INLINE_BYTES
                ? view + INLINE_AT
                : data.address(VARIADIC + NativeMemory.getInt(view + BUFFER_AT))
                        + NativeMemory.getInt(view + OFFSET_AT);
        NativeMemory.copyOut(from, bytes, 0, bytes.length);
        return bytes;
    }

    @Override
    public int byteLength(long row) {
        requireValid(checkRow(row));
        return NativeMemory.getInt(view(row));
    }

    private long view(long row) {
        return data.address(VIEWS) + (data.offset() + row) * VIEW_BYTES;
    }
}
