package io.lightstream.formats.json;

import io.lightstream.codec.schema.BufferRole;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Layout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one object of {@code "columns"} or {@code "children"}: its buffers, in whatever order they come. */
final class ColumnParser {
    private final JsonInput input;
    private final BatchBuffers memory;
    private final long maxRows;

    /**
     * @param memory takes the buffers
     * @param maxRows of a column, children included
     */
    ColumnParser(JsonInput input, BatchBuffers memory, long maxRows) {
        this.input = input;
        this.memory = memory;
        this.maxRows = maxRows;
    }

    ParsedColumn parse(Field field) throws IOException {
        Parts parts = new Parts(field);
        input.enterObject("column '" + field.name() + "'");
        while (input.nextKey()) {
            switch (input.key()) {
                case "count" -> parts.count = count();
                case "VALIDITY" -> parts.validity();
                case "DATA" -> parts.data();
                case "OFFSET" -> parts.offsets(BufferRole.OFFSETS);
                case "SIZE" -> parts.offsets(BufferRole.SIZES);
                case "TYPE_ID" -> parts.typeIds();
                case "VIEWS" -> parts.views();
                case "VARIADIC_DATA_BUFFERS" -> parts.variadic();
                case "children" -> parts.children();
                default -> input.skip();
            }
        }
        return parts.finish();
    }

    /** Reads a number of rows. */
    long count() throws IOException {
        long count = input.integer("count", 0, Long.MAX_VALUE);
        if (count > maxRows) {
            throw input.over("maxRows", maxRows, count);
        }
        return count;
    }

    /** What is known of one column so far. */
    private final class Parts {
        private final Field field;
        private final Layout layout;
        private final Map<BufferRole, NativeBuffer> buffers = new EnumMap<>(BufferRole.class);
        private final List<NativeBuffer> variadic = new ArrayList<>();
        private final List<ParsedColumn> children = new ArrayList<>();
        private final ArrayParser arrays;
        private long count = -1;
        private @Nullable Long nullCount;

        Parts(Field field) {
            this.field = field;
            this.layout = field.layout();
            this.arrays = new ArrayParser(input, field);
        }

        void validity() throws IOException {
            NativeBuffer bits = memory.newBuffer();
            nullCount = arrays.bits("VALIDITY", bits);
            if (layout.hasValidity()) {
                arrays.useValidity(bits);
                put(BufferRole.VALIDITY, bits);
            } else if (nullCount > 0) {
                throw input.unsupported(
                        "VALIDITY of column '" + field.name() + "' of type " + field.type(), "no nulls", nullCount);
            }
        }

        void data() throws IOException {
            NativeBuffer data = memory.newBuffer();
            switch (layout) {
                case BIT -> arrays.booleans(data);
                case FIXED -> arrays.fixed(data);
                case VARIABLE, LARGE_VARIABLE -> {
                    NativeBuffer offsets = memory.newBuffer();
                    arrays.variable(offsets, data);
                    put(BufferRole.OFFSETS, offsets);
                }
                default -> {
                    input.skip();
                    return;
                }
            }
            put(BufferRole.DATA, data);
        }

        void offsets(BufferRole role) throws IOException {
            // DATA has the values of a variable layout one by one: its offsets follow from their lengths.
            boolean variable = layout == Layout.VARIABLE || layout == Layout.LARGE_VARIABLE;
            if (variable || !layout.buffers().contains(role)) {
                input.skip();
                return;
            }
            NativeBuffer offsets = memory.newBuffer();
            arrays.integers(offsets, layout.hasLargeOffsets() ? Long.BYTES : Integer.BYTES);
            put(role, offsets);
        }

        void typeIds() throws IOException {
            NativeBuffer typeIds = memory.newBuffer();
            arrays.integers(typeIds, Byte.BYTES);
            put(BufferRole.TYPE_IDS, typeIds);
        }

        void views() throws IOException {
            NativeBuffer views = memory.newBuffer();
            arrays.views(views);
            put(BufferRole.VIEWS, views);
        }

        void variadic() throws IOException {
            input.enterArray("VARIADIC_DATA_BUFFERS");
            while (input.nextElement()) {
                NativeBuffer data = memory.newBuffer();
                arrays.wholeBuffer(data);
                variadic.add(data);
            }
        }

        void children() throws IOException {
            List<Field> fields = field.dictionary().isPresent() ? List.of() : field.children();
            input.enterArray("children of column '" + field.name() + "'");
            while (input.nextElement()) {
                if (children.size() == fields.size()) {
                    throw input.malformed("children of column '" + field.name() + "'", fields.size(), "more");
                }
                children.add(parse(fields.get(children.size())));
            }
        }

        private void put(BufferRole role, NativeBuffer buffer) throws IOException {
            if (buffers.put(role, buffer) != null) {
                throw input.malformed(role + " of column '" + field.name() + "'", "one array", "two");
            }
        }

        ParsedColumn finish() throws IOException {
            if (count < 0) {
                throw input.malformed("column '" + field.name() + "'", "the key 'count'", "the end of the object");
            }
            List<NativeBuffer> inOrder = new ArrayList<>(layout.buffers().size() + variadic.size());
            for (BufferRole role : layout.buffers()) {
                NativeBuffer known = buffers.get(role);
                inOrder.add(known == null ? memory.newBuffer() : known);
            }
            if (layout == Layout.VIEW) {
                inOrder.addAll(variadic);
            }
            long nulls = nullCount == null || !layout.hasValidity() ? 0 : nullCount;
            ParsedColumn column = new ParsedColumn(field, count, nulls, inOrder, children);
            new ColumnCheck(input, column).check();
            return column;
        }
    }
}
