package io.lightstream.formats.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lightstream.codec.Column;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.internal.OffsetRange;
import io.lightstream.codec.internal.ValueBounds;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Layout;
import io.lightstream.codec.schema.TypeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one column as the arrays of its buffers. The column may be given in parts, which are written as one: the versions of
 * a dictionary. A part may be a slice: only what its rows need is written of lists and runs.
 */
final class ColumnWriter {
    private static final DataType OFFSETS_OF_32_BITS = new DataType.Int(Integer.SIZE, true);

    private final JsonGenerator out;
    private final DictionaryVersions dictionaries;
    private final ValueWriter values;

    ColumnWriter(JsonGenerator out, DictionaryVersions dictionaries) {
        this.out = out;
        this.dictionaries = dictionaries;
        this.values = new ValueWriter(out);
    }

    JsonGenerator generator() {
        return out;
    }

    void write(String name, Field field, List<Rows> parts) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", name);
        out.writeNumberField("count", rows(parts));
        if (field.layout().hasValidity()) {
            writeValidity(parts);
        }
        switch (field.layout()) {
            case BIT, FIXED, VARIABLE, LARGE_VARIABLE -> writeValues(field, parts);
            case VIEW -> new ViewWriter(out).write(field.type().id() == TypeId.UTF8_VIEW, parts);
            case LIST, LARGE_LIST -> writeLists(field, parts);
            case LIST_VIEW, LARGE_LIST_VIEW -> writeListViews(field, parts);
            case FIXED_SIZE_LIST -> writeFixedSizeLists(field, parts);
            case STRUCT -> writeChildren(field, parts);
            case SPARSE_UNION, DENSE_UNION -> writeUnions(field, parts);
            case RUN_END_ENCODED -> writeRuns(field, parts);
            case NULL -> {}
        }
        out.writeEndObject();
    }

    private static long rows(List<Rows> parts) {
        return parts.stream().mapToLong(Rows::count).sum();
    }

    private void writeValidity(List<Rows> parts) throws IOException {
        out.writeArrayFieldStart("VALIDITY");
        for (Rows part : parts) {
            for (long i = 0; i < part.count(); i++) {
                out.writeNumber(part.isValid(i) ? 1 : 0);
            }
        }
        out.writeEndArray();
    }

    private void writeValues(Field field, List<Rows> parts) throws IOException {
        if (field.layout() == Layout.VARIABLE || field.layout() == Layout.LARGE_VARIABLE) {
            writeLengths(parts, field.layout().hasLargeOffsets());
        }
        out.writeArrayFieldStart("DATA");
        for (Rows part : parts) {
            if (field.dictionary().isPresent()) {
                values.writeIndices(part, field, dictionaries.base(field, part.column()));
            } else {
                values.write(part);
            }
        }
        out.writeEndArray();
    }

    /** Offsets of texts and byte strings as they are written: nulls have no bytes. */
    private void writeLengths(List<Rows> parts, boolean large) throws IOException {
        out.writeArrayFieldStart("OFFSET");
        long offset = 0;
        writeOffset(offset, large);
        for (Rows part : parts) {
            for (long i = 0; i < part.count(); i++) {
                offset += part.isValid(i) ? textBytes(part.column(), part.from() + i) : 0;
                writeOffset(offset, large);
            }
        }
        out.writeEndArray();
    }

    private static int textBytes(Column column, long row) throws IOException {
        long bytes = OffsetRange.of(column.data(), row, 1).length();
        return bytes <= TextLimit.MOST_BYTES ? (int) bytes : TextLimit.require("row " + row, column, bytes);
    }

    private void writeOffset(long offset, boolean large) throws IOException {
        if (large) {
            out.writeString(Long.toString(offset));
        } else {
            requireFit(offset, Integer.MAX_VALUE, OFFSETS_OF_32_BITS);
            out.writeNumber(offset);
        }
    }

    private void writeLists(Field field, List<Rows> parts) throws IOException {
        boolean large = field.layout().hasLargeOffsets();
        List<Rows> elements = new ArrayList<>();
        long before = 0;
        out.writeArrayFieldStart("OFFSET");
        writeOffset(0, large);
        for (Rows part : parts) {
            if (part.count() == 0) {
                continue;
            }
            long start = part.column().listStart(part.from());
            long end = start;
            for (long row = part.from(); row < part.from() + part.count(); row++) {
                end = part.column().listStart(row) + part.column().listLength(row);
                writeOffset(before + end - start, large);
            }
            elements.add(new Rows(part.child(0), start, end - start));
            before += end - start;
        }
        out.writeEndArray();
        writeChild(field, 0, elements);
    }

    private void writeListViews(Field field, List<Rows> parts) throws IOException {
        boolean large = field.layout().hasLargeOffsets();
        long before = 0;
        out.writeArrayFieldStart("OFFSET");
        for (Rows part : parts) {
            for (long i = 0; i < part.count(); i++) {
                writeOffset(part.isValid(i) ? before + part.column().listStart(part.from() + i) : 0, large);
            }
            before += part.child(0).length();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("SIZE");
        for (Rows part : parts) {
            for (long i = 0; i < part.count(); i++) {
                writeOffset(part.isValid(i) ? part.column().listLength(part.from() + i) : 0, large);
            }
        }
        out.writeEndArray();
        writeChild(field, 0, parts.stream().map(part -> part.wholeChild(0)).toList());
    }

    private void writeFixedSizeLists(Field field, List<Rows> parts) throws IOException {
        long size = ((DataType.FixedSizeList) field.type()).listSize();
        writeChild(
                field,
                0,
                parts.stream()
                        .map(part -> new Rows(part.child(0), part.element() * size, part.count() * size))
                        .toList());
    }

    /** Children that have the rows of this column. */
    private void writeChildren(Field field, List<Rows> parts) throws IOException {
        out.writeArrayFieldStart("children");
        for (int i = 0; i < field.children().size(); i++) {
            Field child = field.children().get(i);
            int index = i;
            write(
                    child.name(),
                    child,
                    parts.stream()
                            .map(part -> new Rows(part.child(index), part.element(), part.count()))
                            .toList());
        }
        out.writeEndArray();
    }

    private void writeChild(Field field, int index, List<Rows> parts) throws IOException {
        Field child = field.children().get(index);
        out.writeArrayFieldStart("children");
        write(child.name(), child, parts);
        out.writeEndArray();
    }

    private void writeUnions(Field field, List<Rows> parts) throws IOException {
        out.writeArrayFieldStart("TYPE_ID");
        for (Rows part : parts) {
            for (long i = 0; i < part.count(); i++) {
                out.writeNumber(part.column().typeId(part.from() + i));
            }
        }
        out.writeEndArray();
        if (field.layout() == Layout.SPARSE_UNION) {
            writeChildren(field, parts);
            return;
        }
        writeDenseOffsets(field, parts);
        out.writeArrayFieldStart("children");
        for (int i = 0; i < field.children().size(); i++) {
            Field child = field.children().get(i);
            int index = i;
            write(
                    child.name(),
                    child,
                    parts.stream().map(part -> part.wholeChild(index)).toList());
        }
        out.writeEndArray();
    }

    private void writeDenseOffsets(Field field, List<Rows> parts) throws IOException {
        List<Integer> typeIds = ((DataType.Union) field.type()).typeIds();
        long[] before = new long[typeIds.size()];
        out.writeArrayFieldStart("OFFSET");
        for (Rows part : parts) {
            for (long row = part.from(); row < part.from() + part.count(); row++) {
                // Refuses a type id that names no child, too.
                long index = part.column().valueIndex(row);
                int child = typeIds.indexOf(part.column().typeId(row));
                writeOffset(before[child] + index, false);
            }
            for (int i = 0; i < before.length; i++) {
                before[i] += part.child(i).length();
            }
        }
        out.writeEndArray();
    }

    /** Runs end where the rows of a part do. */
    private void writeRuns(Field field, List<Rows> parts) throws IOException {
        Field endsField = field.children().get(0);
        List<Rows> runValues = new ArrayList<>();
        for (Rows part : parts) {
            if (part.count() > 0) {
                long first = part.column().valueIndex(part.from());
                long last = part.column().valueIndex(part.from() + part.count() - 1);
                runValues.add(new Rows(part.child(1), first, last - first + 1));
            }
        }
        long runs = rows(runValues);
        out.writeArrayFieldStart("children");
        out.writeStartObject();
        out.writeStringField("name", endsField.name());
        out.writeNumberField("count", runs);
        out.writeArrayFieldStart("VALIDITY");
        for (long i = 0; i < runs; i++) {
            out.writeNumber(1);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("DATA");
        writeRunEnds((DataType.Int) endsField.type(), parts);
        out.writeEndArray();
        out.writeEndObject();
        write(field.children().get(1).name(), field.children().get(1), runValues);
        out.writeEndArray();
    }

    private void writeRunEnds(DataType.Int type, List<Rows> parts) throws IOException {
        long most = Long.MAX_VALUE >>> (Long.SIZE - type.bitWidth());
        long before = 0;
        for (Rows part : parts) {
            if (part.count() == 0) {
                continue;
            }
            long last = part.column().valueIndex(part.from() + part.count() - 1);
            long end = 0;
            for (long run = part.column().valueIndex(part.from()); run <= last; run++) {
                long runEnd = ValueBounds.runEnd(part.column().data(), part.from() + end, run) - part.from();
                end = Math.min(runEnd, part.count());
                requireFit(before + end, most, type);
                writeOffset(before + end, type.bitWidth() == Long.SIZE);
            }
            before += part.count();
        }
    }

    private static void requireFit(long value, long most, DataType type) throws LightstreamException {
        if (value > most) {
            throw new UnsupportedFeatureException(
                    "",
                    LightstreamException.UNKNOWN_POSITION,
                    "versions of a dictionary as one",
                    "at most " + most + " of " + type,
                    value);
        }
    }
}
