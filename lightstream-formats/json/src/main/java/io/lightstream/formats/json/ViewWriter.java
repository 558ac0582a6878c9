package io.lightstream.formats.json;

import static io.lightstream.codec.internal.ViewFormat.BUFFER_AT;
import static io.lightstream.codec.internal.ViewFormat.FIRST_DATA_BUFFER;
import static io.lightstream.codec.internal.ViewFormat.INLINE_AT;
import static io.lightstream.codec.internal.ViewFormat.INLINE_BYTES;
import static io.lightstream.codec.internal.ViewFormat.OFFSET_AT;
import static io.lightstream.codec.internal.ViewFormat.VIEWS;
import static io.lightstream.codec.internal.ViewFormat.VIEW_BYTES;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.memory.NativeMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Writes views and the buffers that they point into. */
final class ViewWriter {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private static final int PREFIX_BYTES = 4;

    private final JsonGenerator out;

    ViewWriter(JsonGenerator out) {
        this.out = out;
    }

    /** @param text whether inlined values are written as text rather than as hex */
    void write(boolean text, List<Rows> parts) throws IOException {
        int buffersBefore = 0;
        out.writeArrayFieldStart("VIEWS");
        for (Rows part : parts) {
            ColumnData data = part.column().data();
            for (long i = 0; i < part.count(); i++) {
                if (part.isValid(i)) {
                    int size = part.column().byteLength(part.from() + i);
                    writeView(data.address(VIEWS) + (part.element() + i) * VIEW_BYTES, size, text, buffersBefore);
                } else {
                    writeView(0, 0, text, buffersBefore);
                }
            }
            buffersBefore += data.bufferCount() - FIRST_DATA_BUFFER;
        }
        out.writeEndArray();
        out.writeArrayFieldStart("VARIADIC_DATA_BUFFERS");
        for (Rows part : parts) {
            ColumnData data = part.column().data();
            for (int i = FIRST_DATA_BUFFER; i < data.bufferCount(); i++) {
                String what = "data buffer " + (i - FIRST_DATA_BUFFER);
                int length = TextLimit.require(what, part.column(), data.length(i));
                out.writeString(HEX.formatHex(bytes(data.address(i), length)));
            }
        }
        out.writeEndArray();
    }

    /** @param view its address; not looked at where {@code size} is 0, as for a null slot */
    private void writeView(long view, int size, boolean text, int buffersBefore) throws IOException {
        out.writeStartObject();
        out.writeNumberField("SIZE", size);
        if (size <= INLINE_BYTES) {
            byte[] inlined = size == 0 ? new byte[0] : bytes(view + INLINE_AT, size);
            out.writeStringField(
                    "INLINED", text ? new String(inlined, StandardCharsets.UTF_8) : HEX.formatHex(inlined));
        } else {
            out.writeStringField("PREFIX_HEX", HEX.formatHex(bytes(view + INLINE_AT, PREFIX_BYTES)));
            out.writeNumberField("BUFFER_INDEX", buffersBefore + NativeMemory.getInt(view + BUFFER_AT));
            out.writeNumberField("OFFSET", NativeMemory.getInt(view + OFFSET_AT));
        }
        out.writeEndObject();
    }

    private static byte[] bytes(long address, int length) {
        byte[] bytes = new byte[length];
        NativeMemory.copyOut(address, bytes, 0, length);
        return bytes;
    }
}
