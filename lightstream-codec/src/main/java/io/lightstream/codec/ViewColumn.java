package io.lightstream.codec;

import static io.lightstream.codec.internal.ViewFormat.VIEWS;
import static io.lightstream.codec.internal.ViewFormat.VIEW_BYTES;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lightstream.codec.internal.ValueBounds;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.TypeId;

/** Text and binary as views of 16 bytes; see {@link io.lightstream.codec.internal.ViewFormat}. */
final class ViewColumn extends Column {
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
        int length = NativeMemory.getInt(view);
        long from = ValueBounds.viewBytes(data, row, view, length);
        byte[] bytes = new byte[length];
        NativeMemory.copyOut(from, bytes, 0, length);
        return bytes;
    }

    @Override
    public int copyBytes(long row, byte[] target, int at) {
        requireValid(checkRow(row));
        long view = view(row);
        int length = NativeMemory.getInt(view);
        NativeMemory.copyOut(ValueBounds.viewBytes(data, row, view, length), target, at, length);
        return length;
    }

    @Override
    public int byteLength(long row) {
        requireValid(checkRow(row));
        long view = view(row);
        int length = NativeMemory.getInt(view);
        ValueBounds.viewBytes(data, row, view, length);
        return length;
    }

    private long view(long row) {
        return data.address(VIEWS) + (data.offset() + row) * VIEW_BYTES;
    }
}
