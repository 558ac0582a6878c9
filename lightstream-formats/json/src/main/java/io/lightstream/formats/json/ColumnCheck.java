package io.lightstream.formats.json;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.BufferRole;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Layout;
import java.util.List;

/** Checks that a column's arrays are as long as its count says, and that nothing in them leads out of bounds. */
final class ColumnCheck {
    private static final int FIRST = 1;
    private static final int SECOND = 2;

    private final JsonInput input;
    private final ParsedColumn column;
    private final Layout layout;
    private final long rows;

    ColumnCheck(JsonInput input, ParsedColumn column) {
        this.input = input;
        this.column = column;
        this.layout = column.field().layout();
        this.rows = column.count();
    }

    void check() throws LightstreamException {
        checkElements();
        checkChildren();
        switch (layout) {
            case VIEW -> ViewCheck.check(input, column);
            case LIST, LARGE_LIST -> checkOffsets();
            case LIST_VIEW, LARGE_LIST_VIEW -> checkRanges();
            case SPARSE_UNION, DENSE_UNION -> checkUnion();
            case RUN_END_ENCODED -> checkRunEnds();
            default -> {}
        }
    }

    private void checkElements() throws LightstreamException {
        List<BufferRole> roles = layout.buffers();
        for (int i = 0; i < roles.size(); i++) {
            long elements = column.buffer(i).elements();
            boolean withEnd = roles.get(i) == BufferRole.OFFSETS && hasEnd();
            boolean mayBeAbsent = rows == 0 || roles.get(i) == BufferRole.VALIDITY;
            if (elements != (withEnd ? rows + 1 : rows) && !(elements == 0 && mayBeAbsent)) {
                throw malformed(roles.get(i) + " of ", withEnd ? rows + 1 : rows, elements);
            }
        }
    }

    /** Whether the offsets say where the last value ends as well. */
    private boolean hasEnd() {
        return switch (layout) {
            case VARIABLE, LARGE_VARIABLE, LIST, LARGE_LIST -> true;
            default -> false;
        };
    }

    private void checkChildren() throws LightstreamException {
        int expected = column.field().dictionary().isPresent()
                ? 0
                : column.field().children().size();
        if (column.children().size() != expected) {
            throw malformed("children of ", expected, column.children().size());
        }
        long needed = 0;
        if (layout == Layout.STRUCT || layout == Layout.SPARSE_UNION) {
            needed = rows;
        } else if (column.field().type() instanceof DataType.FixedSizeList list && layout == Layout.FIXED_SIZE_LIST) {
            needed = Math.max(rows, 1) <= Long.MAX_VALUE / Math.max(list.listSize(), 1)
                    ? rows * list.listSize()
                    : Long.MAX_VALUE;
        }
        for (ParsedColumn child : column.children()) {
            if (child.count() < needed) {
                throw malformed("rows of child '" + child.field().name() + "' of ", needed, child.count());
            }
        }
    }

    private void checkOffsets() throws LightstreamException {
        long elements = column.children().get(0).count();
        long before = 0;
        for (long i = 0; i < column.buffer(FIRST).elements(); i++) {
            long offset = integer(column.buffer(FIRST), i, layout.hasLargeOffsets());
            if (offset < before || offset > elements) {
                throw malformed("offset " + i + " of ", before + ".." + elements, offset);
            }
            before = offset;
        }
    }

    private void checkRanges() throws LightstreamException {
        long elements = column.children().get(0).count();
        boolean large = layout.hasLargeOffsets();
        for (long i = 0; i < rows; i++) {
            long offset = integer(column.buffer(FIRST), i, large);
            long size = integer(column.buffer(SECOND), i, large);
            if (offset >= 0 && size >= 0 && offset <= elements && size <= elements - offset) {
                continue;
            }
            if (column.isValid(i)) {
                throw malformed("list " + i + " of ", "a range of " + elements, offset + "+" + size);
            }
            clear(column.buffer(FIRST), i, large);
            clear(column.buffer(SECOND), i, large);
        }
    }

    /** What a null slot holds means nothing, but other readers may follow it. */
    private static void clear(NativeBuffer buffer, long element, boolean large) {
        NativeMemory.fill(buffer.address() + element * width(large), width(large), (byte) 0);
    }

    private void checkUnion() throws LightstreamException {
        List<Integer> typeIds = ((DataType.Union) column.field().type()).typeIds();
        for (long i = 0; i < rows; i++) {
            int typeId = NativeMemory.getByte(column.buffer(0).address() + i);
            int child = typeIds.lastIndexOf(typeId);
            if (child < 0) {
                throw malformed("type id " + i + " of ", "one of " + typeIds, typeId);
            }
            long row = layout == Layout.SPARSE_UNION ? i : integer(column.buffer(FIRST), i, false);
            if (row < 0 || row >= column.children().get(child).count()) {
                throw malformed(
                        "offset " + i + " of ",
                        "below " + column.children().get(child).count(),
                        row);
            }
        }
    }

    private void checkRunEnds() throws LightstreamException {
        ParsedColumn ends = column.children().get(0);
        int width = ends.field().type().byteWidth();
        long before = 0;
        for (long i = 0; i < ends.count(); i++) {
            long at = ends.buffer(FIRST).address() + i * width;
            long end = width == Short.BYTES ? NativeMemory.getShort(at) : 0;
            end = width == Integer.BYTES ? NativeMemory.getInt(at) : end;
            end = width == Long.BYTES ? NativeMemory.getLong(at) : end;
            if (end <= before || !ends.isValid(i)) {
                throw malformed("run end " + i + " of ", "above " + before, end);
            }
            before = end;
        }
        if (before < rows || column.children().get(1).count() < ends.count()) {
            throw malformed("runs of ", rows + " rows or more, and a value for each run", before + " rows");
        }
    }

    private static long integer(NativeBuffer buffer, long element, boolean large) {
        long at = buffer.address() + element * width(large);
        return large ? NativeMemory.getLong(at) : NativeMemory.getInt(at);
    }

    private static int width(boolean large) {
        return large ? Long.BYTES : Integer.BYTES;
    }

    private LightstreamException malformed(String what, Object expected, Object found) {
        return input.malformed(what + "column '" + column.field().name() + "'", expected, found);
    }
}
