package io.lightstream.formats.json;

import static io.lightstream.codec.internal.ViewFormat.INLINE_BYTES;
import static io.lightstream.codec.internal.ViewFormat.VIEW_BYTES;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.TypeId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the arrays of one column, one array a buffer. Values of null slots are taken as they are; JSON's null is zero there. */
final class ArrayParser {
    private static final int PREFIX_BYTES = 4;

    private final JsonInput input;
    private final Field field;
    private final String valueInData;
    private final TextBytes text;
    private @Nullable NativeBuffer validity;

    ArrayParser(JsonInput input, Field field) {
        this.input = input;
        this.field = field;
        this.valueInData = "value in DATA of column '" + field.name() + "'";
        this.text = new TextBytes(input, valueInData);
    }

    /** Says which rows are null from now on; without it none is. */
    void useValidity(NativeBuffer bits) {
        validity = bits;
    }

    private boolean isNullSlot(long row) {
        NativeBuffer bits = validity;
        return bits != null && row < bits.elements() && !bits.bit(row);
    }

    /** Whether the current element is JSON's null, which only a null slot may be. */
    private boolean isAbsent(NativeBuffer out) {
        return input.isNull() && isNullSlot(out.elements());
    }

    /** Reads numbers 0 and 1; says how many are 0. */
    long bits(String key, NativeBuffer out) throws IOException {
        long zeros = 0;
        input.enterArray(key);
        while (input.nextElement()) {
            int bit = input.smallInteger(key + " of column '" + field.name() + "'", 0, 1);
            zeros += 1 - bit;
            out.putBit(bit == 1);
        }
        return zeros;
    }

    void booleans(NativeBuffer out) throws IOException {
        input.enterArray("DATA");
        while (input.nextElement()) {
            out.putBit(!isAbsent(out) && input.bool(valueInData));
        }
    }

    /** Reads offsets, sizes and type ids: signed integers of {@code width} bytes. */
    void integers(NativeBuffer out, int width) throws IOException {
        long most = Long.MAX_VALUE >>> (Long.SIZE - width * Byte.SIZE);
        input.enterArray("column '" + field.name() + "'");
        while (input.nextElement()) {
            out.putInteger(input.integer("offset of column '" + field.name() + "'", -most - 1, most), width);
            out.countElement();
        }
    }

    /** Reads values of one width. */
    void fixed(NativeBuffer out) throws IOException {
        DataType type = field.storageType();
        input.enterArray("DATA");
        if (type instanceof DataType.FixedSizeBinary binary) {
            fixedBinary(binary.width(), out);
            return;
        }
        ValueParser values = ValueParser.of(type);
        while (input.nextElement()) {
            if (isAbsent(out)) {
                out.putZeros(type.byteWidth());
            } else {
                values.parse(input, out, valueInData);
            }
            out.countElement();
        }
    }

    private void fixedBinary(int width, NativeBuffer out) throws IOException {
        while (input.nextElement()) {
            int bytes = isAbsent(out) ? 0 : text.readHex();
            if (bytes == width) {
                out.putBytes(text.bytes(), width);
            } else if (isNullSlot(out.elements())) {
                out.putZeros(width);
            } else {
                throw input.malformed(valueInData, width + " bytes", bytes);
            }
            out.countElement();
        }
    }

    /** Reads texts or byte strings of any length. */
    void variable(NativeBuffer offsets, NativeBuffer data) throws IOException {
        boolean large = field.layout().hasLargeOffsets();
        input.enterArray("DATA");
        offsets.putInteger(0, large ? Long.BYTES : Integer.BYTES);
        offsets.countElement();
        while (input.nextElement()) {
            if (!isAbsent(data)) {
                int bytes = readValue();
                data.putBytes(text.bytes(), bytes);
            }
            if (!large && data.length() > Integer.MAX_VALUE) {
                throw input.malformed("DATA of column '" + field.name() + "'", "at most 2 GiB", data.length());
            }
            data.countElement();
            offsets.putInteger(data.length(), large ? Long.BYTES : Integer.BYTES);
            offsets.countElement();
        }
    }

    private int readValue() throws IOException {
        TypeId id = field.type().id();
        boolean isText = id == TypeId.UTF8 || id == TypeId.LARGE_UTF8 || id == TypeId.UTF8_VIEW;
        return isText ? text.readText() : text.readHex();
    }

    /** Reads one byte string as the whole of a buffer. */
    void wholeBuffer(NativeBuffer out) throws IOException {
        int bytes = text.readHex();
        out.putBytes(text.bytes(), bytes);
        out.countElement();
    }

    /** Reads views: a size, and the bytes themselves or where they lie. */
    void views(NativeBuffer out) throws IOException {
        input.enterArray("VIEWS");
        while (input.nextElement()) {
            if (isAbsent(out)) {
                out.putZeros(VIEW_BYTES);
            } else {
                view(out);
            }
            out.countElement();
        }
    }

    private void view(NativeBuffer out) throws IOException {
        int size = -1;
        int inlined = -1;
        int prefix = 0;
        int bufferIndex = -1;
        int offset = -1;
        long start = out.length();
        String what = "view of column '" + field.name() + "'";
        out.putZeros(VIEW_BYTES);
        input.enterObject(what);
        while (input.nextKey()) {
            switch (input.key()) {
                case "SIZE" -> size = input.smallInteger(what, 0, Integer.MAX_VALUE);
                case "INLINED" -> inlined = inline(out.address() + start + Integer.BYTES);
                case "PREFIX_HEX" -> prefix = prefix();
                case "BUFFER_INDEX" -> bufferIndex = input.smallInteger(what, 0, Integer.MAX_VALUE);
                case "OFFSET" -> offset = input.smallInteger(what, 0, Integer.MAX_VALUE);
                default -> input.skip();
            }
        }
        long view = out.address() + start;
        NativeMemory.putInt(view, size);
        if (size < 0 || (size <= INLINE_BYTES ? inlined != size : bufferIndex < 0 || offset < 0)) {
            throw input.malformed(what, "a size and as many bytes, or where they lie", "size " + size);
        }
        if (size > INLINE_BYTES) {
            NativeMemory.putInt(view + PREFIX_BYTES, prefix);
            NativeMemory.putInt(view + 2 * PREFIX_BYTES, bufferIndex);
            NativeMemory.putInt(view + 3 * PREFIX_BYTES, offset);
        }
    }

    private int inline(long address) throws IOException {
        int bytes = readValue();
        if (bytes > INLINE_BYTES) {
            throw input.malformed("inlined view of column '" + field.name() + "'", "at most 12 bytes", bytes);
        }
        NativeMemory.copy(text.bytes(), 0, address, bytes);
        return bytes;
    }

    private int prefix() throws IOException {
        int bytes = text.readHex();
        if (bytes != PREFIX_BYTES) {
            throw input.malformed("prefix of a view of column '" + field.name() + "'", "4 bytes", bytes);
        }
        byte[] prefix = text.bytes();
        return (prefix[0] & 0xFF) | (prefix[1] & 0xFF) << 8 | (prefix[2] & 0xFF) << 16 | prefix[3] << 24;
    }
}
