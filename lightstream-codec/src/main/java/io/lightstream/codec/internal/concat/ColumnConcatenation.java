package io.lightstream.codec.internal.concat;

import static io.lightstream.codec.internal.ViewFormat.BUFFER_AT;
import static io.lightstream.codec.internal.ViewFormat.FIRST_DATA_BUFFER;
import static io.lightstream.codec.internal.ViewFormat.INLINE_BYTES;
import static io.lightstream.codec.internal.ViewFormat.OFFSET_AT;
import static io.lightstream.codec.internal.ViewFormat.VIEW_BYTES;

import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.internal.OffsetRange;
import io.lightstream.codec.internal.ValueBounds;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.FileMappings;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Layout;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Puts the rows of several columns of one type behind each other, in memory of its own. Rows may start anywhere in their
 * buffers; the result starts at 0.
 */
public final class ColumnConcatenation {

    private final ConcatenationMemory memory;
    private final BatchMemory owner;

    private ColumnConcatenation(ConcatenationMemory memory, BatchMemory owner) {
        this.memory = memory;
        this.owner = owner;
    }

    /**
     * The rows of all {@code parts}, which have one type. Dictionary-encoded parts must refer to dictionaries of which each is
     * a prefix of the next; the result refers to the last.
     *
     * @return a column whose memory the caller releases
     * @throws ConcatenationOutOfMemoryException over the allocator's limit; nothing is held then
     * @throws ArithmeticException where offsets or run ends outgrow their type; nothing is held then
     * @throws io.lightstream.codec.InvalidValueException where values that nobody validated lead outside of a part; nothing is
     *     held then
     */
    public static Column concatenate(List<Column> parts, BufferAllocator allocator) {
        ConcatenationMemory memory = new ConcatenationMemory(allocator);
        try {
            // Columns name what keeps them alive, so the buffers are made first, without an owner, and then once more
            // over it.
            Column unowned = new ColumnConcatenation(memory, BatchMemory.none()).column(parts);
            FileMappings.throwPendingFault();
            return rebase(unowned, memory.toBatchMemory());
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    private static Column rebase(Column column, BatchMemory owner) {
        ColumnData data = column.data();
        long[] buffers = new long[2 * data.bufferCount()];
        for (int i = 0; i < data.bufferCount(); i++) {
            buffers[2 * i] = data.address(i);
            buffers[2 * i + 1] = data.length(i);
        }
        List<Column> children =
                data.children().stream().map(child -> rebase(child, owner)).toList();
        return Column.of(new ColumnData(
                data.field(),
                data.length(),
                data.nullCount(),
                0,
                buffers,
                children,
                data.dictionary().orElse(null),
                owner));
    }

    private Column column(List<Column> parts) {
        Field field = parts.get(0).field();
        return switch (field.layout()) {
            case NULL -> make(parts, List.of());
            case BIT -> make(parts, List.of(), validity(parts), memory.bits(parts, 1));
            case FIXED ->
                make(
                        parts,
                        List.of(),
                        validity(parts),
                        elements(parts, 1, field.storageType().byteWidth()));
            case VARIABLE, LARGE_VARIABLE -> variable(parts);
            case VIEW -> views(parts);
            case LIST, LARGE_LIST -> lists(parts);
            case LIST_VIEW, LARGE_LIST_VIEW -> listViews(parts);
            case FIXED_SIZE_LIST -> {
                int size = ((DataType.FixedSizeList) field.type()).listSize();
                yield make(
                        parts,
                        List.of(child(
                                parts,
                                0,
                                (part, child) -> child.slice(part.data().offset() * size, part.length() * size))),
                        validity(parts));
            }
            case STRUCT -> make(parts, rowChildren(parts), validity(parts));
            case SPARSE_UNION -> make(parts, rowChildren(parts), elements(parts, 0, 1));
            case DENSE_UNION -> denseUnion(parts);
            case RUN_END_ENCODED -> runs(parts);
        };
    }

    private Column make(List<Column> parts, List<Column> children, Piece... pieces) {
        long[] buffers = new long[2 * pieces.length];
        for (int i = 0; i < pieces.length; i++) {
            buffers[2 * i] = pieces[i].address();
            buffers[2 * i + 1] = pieces[i].length();
        }
        long nulls = 0;
        for (Column part : parts) {
            nulls = nulls < 0 || part.data().nullCount() < 0
                    ? -1
                    : nulls + part.data().nullCount();
        }
        Column last = parts.get(parts.size() - 1);
        @Nullable Column dictionary = last.dictionary().orElse(null);
        return Column.of(new ColumnData(last.field(), rows(parts), nulls, 0, buffers, children, dictionary, owner));
    }

    private Piece validity(List<Column> parts) {
        boolean allValid = parts.stream().noneMatch(part -> ConcatenationMemory.hasBitmap(part.data()));
        return allValid ? Piece.NONE : memory.validity(parts);
    }

    /** The elements of one buffer of all parts, as they are. */
    private Piece elements(List<Column> parts, int buffer, int width) {
        Piece target = memory.allocate(Math.multiplyExact(rows(parts), width));
        long at = target.address();
        for (Column part : parts) {
            ColumnData data = part.data();
            NativeMemory.copy(data.address(buffer) + data.offset() * width, at, data.length() * width);
            at += data.length() * width;
        }
        return target;
    }

    private Column variable(List<Column> parts) {
        List<OffsetRange> ranges = ranges(parts);
        Piece offsets = offsets(parts, ranges);
        Piece bytes =
                memory.allocate(ranges.stream().mapToLong(OffsetRange::length).reduce(0, Math::addExact));
        long at = bytes.address();
        for (int i = 0; i < parts.size(); i++) {
            OffsetRange range = ranges.get(i);
            NativeMemory.copy(parts.get(i).data().address(2) + range.start(), at, range.length());
            at += range.length();
        }
        return make(parts, List.of(), validity(parts), offsets, bytes);
    }

    private Column lists(List<Column> parts) {
        List<OffsetRange> ranges = ranges(parts);
        List<Column> elements = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            Column child = parts.get(i).data().children().get(0);
            elements.add(child.slice(ranges.get(i).start(), ranges.get(i).length()));
        }
        return make(parts, List.of(column(elements)), validity(parts), offsets(parts, ranges));
    }

    private static List<OffsetRange> ranges(List<Column> parts) {
        return parts.stream()
                .map(part -> OffsetRange.of(part.data(), 0, part.length()))
                .toList();
    }

    /** Offsets that begin at 0, one more than rows. */
    private Piece offsets(List<Column> parts, List<OffsetRange> ranges) {
        int width = isLarge(parts) ? Long.BYTES : Integer.BYTES;
        Piece target = memory.allocate(Math.multiplyExact(rows(parts) + 1, width));
        Offsets joined = new Offsets(target.address(), isLarge(parts));
        long row = 0;
        long base = 0;
        joined.put(0, 0);
        for (int i = 0; i < parts.size(); i++) {
            ColumnData data = parts.get(i).data();
            OffsetRange range = ranges.get(i);
            long before = range.start();
            for (long end = 1; end <= data.length(); end++) {
                long offset = OffsetRange.offset(data, data.offset() + end);
                ValueBounds.requireRange(data, end - 1, before, offset);
                joined.put(row + end, Math.addExact(base, offset - range.start()));
                before = offset;
            }
            row += data.length();
            base = Math.addExact(base, range.length());
        }
        return target;
    }

    private Column listViews(List<Column> parts) {
        int width = isLarge(parts) ? Long.BYTES : Integer.BYTES;
        Piece offsets = elements(parts, 1, width);
        Piece sizes = elements(parts, 2, width);
        Offsets joined = new Offsets(offsets.address(), isLarge(parts));
        Offsets joinedSizes = new Offsets(sizes.address(), isLarge(parts));
        long row = 0;
        long base = 0;
        for (Column part : parts) {
            for (long i = 0; i < part.length(); i++, row++) {
                if (isAnything(part, i, joined.get(row), joinedSizes.get(row))) {
                    joined.put(row, 0);
                    joinedSizes.put(row, 0);
                } else {
                    joined.put(row, Math.addExact(joined.get(row), base));
                }
            }
            base = Math.addExact(base, part.data().children().get(0).length());
        }
        Column elements = child(parts, 0, (part, child) -> child);
        return make(parts, List.of(elements), validity(parts), offsets, sizes);
    }

    /** Whether a null row holds what is no range of the elements: then it is left out. */
    private static boolean isAnything(Column part, long row, long start, long size) {
        if (!part.isNull(row)) {
            ValueBounds.requireListView(part.data(), row, start, size);
            return false;
        }
        return !ValueBounds.isListView(part.data(), start, size);
    }

    private Column views(List<Column> parts) {
        Piece views = elements(parts, 1, VIEW_BYTES);
        List<Piece> pieces = new ArrayList<>(List.of(validity(parts), views));
        long view = views.address();
        int firstBuffer = 0;
        for (Column part : parts) {
            for (long i = 0; i < part.length(); i++, view += VIEW_BYTES) {
                moveView(part, i, view, firstBuffer);
            }
            for (int i = FIRST_DATA_BUFFER; i < part.data().bufferCount(); i++) {
                Piece bytes = memory.allocate(part.data().length(i));
                NativeMemory.copy(part.data().address(i), bytes.address(), bytes.length());
                pieces.add(bytes);
            }
            firstBuffer += part.data().bufferCount() - FIRST_DATA_BUFFER;
        }
        return make(parts, List.of(), pieces.toArray(new Piece[0]));
    }

    /** Lets a copied view point to its data buffer, which is {@code moved} places further now. A null row may hold anything. */
    private static void moveView(Column part, long row, long view, int moved) {
        int length = NativeMemory.getInt(view);
        int buffer = NativeMemory.getInt(view + BUFFER_AT);
        int offset = NativeMemory.getInt(view + OFFSET_AT);
        if (length >= 0 && length <= INLINE_BYTES) {
            return;
        }
        if (ValueBounds.isViewRange(part.data(), length, buffer, offset)) {
            NativeMemory.putInt(view + BUFFER_AT, buffer + moved);
        } else if (part.isNull(row)) {
            NativeMemory.fill(view, VIEW_BYTES, (byte) 0);
        } else {
            ValueBounds.viewBytes(part.data(), row, view, length);
        }
    }

    private Column denseUnion(List<Column> parts) {
        DataType.Union type = (DataType.Union) parts.get(0).field().type();
        Piece typeIds = elements(parts, 0, 1);
        Piece offsets = elements(parts, 1, Integer.BYTES);
        long[] bases = new long[128];
        long row = 0;
        for (Column part : parts) {
            for (long i = 0; i < part.length(); i++, row++) {
                long index = part.valueIndex(i);
                long base = bases[part.typeId(i) & bases.length - 1];
                NativeMemory.putInt(offsets.address() + row * Integer.BYTES, Math.toIntExact(index + base));
            }
            for (int i = 0; i < type.typeIds().size(); i++) {
                bases[type.typeIds().get(i)] += part.data().children().get(i).length();
            }
        }
        List<Column> children = new ArrayList<>();
        for (int i = 0; i < type.typeIds().size(); i++) {
            children.add(child(parts, i, (part, child) -> child));
        }
        return make(parts, children, typeIds, offsets);
    }

    /** Runs keep their values; their ends move to where the rows are now. Runs outside of a slice go. */
    private Column runs(List<Column> parts) {
        List<Column> values = parts.stream().map(ColumnConcatenation::usedRuns).toList();
        Field field = parts.get(0).field().children().get(0);
        int width = field.type().byteWidth();
        Piece ends = memory.allocate(Math.multiplyExact(rows(values), width));
        long at = ends.address();
        long base = 0;
        for (int i = 0; i < parts.size(); i++) {
            Column part = parts.get(i);
            long first = part.length() == 0 ? 0 : part.valueIndex(0);
            long end = 0;
            for (long run = first; run < first + values.get(i).length(); run++, at += width) {
                end = Math.min(ValueBounds.runEnd(part.data(), end, run), part.length());
                putRunEnd(at, base + end, width);
            }
            base += part.length();
        }
        long[] buffers = {0, 0, ends.address(), ends.length()};
        Column moved = Column.of(new ColumnData(field, rows(values), 0, 0, buffers, List.of(), null, owner));
        return make(parts, List.of(moved, column(values)));
    }

    /** The values of the runs that rows of the part lie in. */
    private static Column usedRuns(Column part) {
        Column values = part.data().children().get(1);
        if (part.length() == 0) {
            return values.slice(0, 0);
        }
        long first = part.valueIndex(0);
        return values.slice(first, part.valueIndex(part.length() - 1) - first + 1);
    }

    private static void putRunEnd(long at, long end, int width) {
        switch (width) {
            case Short.BYTES -> {
                if (end > Short.MAX_VALUE) {
                    throw new ArithmeticException("run end " + end + " outgrows int16");
                }
                NativeMemory.putShort(at, (short) end);
            }
            case Integer.BYTES -> NativeMemory.putInt(at, Math.toIntExact(end));
            default -> NativeMemory.putLong(at, end);
        }
    }

    /** Which rows of a child belong to a part. */
    private interface ChildRows {
        Column of(Column part, Column child);
    }

    private Column child(List<Column> parts, int index, ChildRows rows) {
        return column(parts.stream()
                .map(part -> rows.of(part, part.data().children().get(index)))
                .toList());
    }

    /** Children that have a row for each row of their parent. */
    private List<Column> rowChildren(List<Column> parts) {
        List<Column> children = new ArrayList<>();
        for (int i = 0; i < parts.get(0).field().children().size(); i++) {
            children.add(
                    child(parts, i, (part, child) -> child.slice(part.data().offset(), part.length())));
        }
        return children;
    }

    private static long rows(List<Column> parts) {
        return parts.stream().mapToLong(Column::length).sum();
    }

    private static boolean isLarge(List<Column> parts) {
        Layout layout = parts.get(0).field().layout();
        return layout.hasLargeOffsets();
    }
}
