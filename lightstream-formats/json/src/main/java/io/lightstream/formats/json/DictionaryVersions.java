package io.lightstream.formats.json;

import io.lightstream.codec.Column;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Every dictionary that the batches of one text had, by id. Versions under one id are written one after the other; a version
 * that only continues the last one takes its place.
 */
final class DictionaryVersions implements AutoCloseable {
    /** Columns are remembered so that values are compared once; a reader may make new ones for each batch. */
    private static final int MOST_REMEMBERED = 256;

    private final Map<Long, List<Version>> versions = new HashMap<>();
    private final IdentityHashMap<Column, Version> own = new IdentityHashMap<>();
    private final IdentityHashMap<Column, Version> recent = new IdentityHashMap<>();
    private @Nullable LightstreamMemory memory;

    /** A copy of one dictionary, and how many values stand before it. */
    private static final class Version {
        final long base;
        RecordBatch copy;

        Version(long base, RecordBatch copy) {
            this.base = base;
            this.copy = copy;
        }

        Column values() {
            return copy.column(0);
        }
    }

    /** Whether a field, or a child of one, is dictionary-encoded. */
    static boolean hasDictionaries(List<Field> fields) {
        return fields.stream().anyMatch(f -> f.dictionary().isPresent() || hasDictionaries(f.children()));
    }

    /** Looks at the dictionaries of a batch that is about to be written, and copies those that are new. */
    void register(RecordBatch batch) throws IOException {
        if (recent.size() > MOST_REMEMBERED) {
            recent.clear();
        }
        for (int i = 0; i < batch.columnCount(); i++) {
            register(batch.schema().field(i), batch.column(i), recent);
        }
    }

    private void register(Field field, Column column, IdentityHashMap<Column, Version> known) throws IOException {
        if (field.dictionary().isPresent()) {
            Column values = column.dictionary().orElseThrow();
            if (!known.containsKey(values)) {
                known.put(values, version(field, values, known));
            }
            return;
        }
        for (int i = 0; i < field.children().size(); i++) {
            register(field.children().get(i), column.data().children().get(i), known);
        }
    }

    /** How many values stand before those of the column's dictionary, which was registered. */
    long base(Field field, Column column) {
        Column values = column.dictionary().orElseThrow();
        Version version = own.getOrDefault(values, recent.get(values));
        if (version == null) {
            throw new IllegalStateException("dictionary of field '" + field.name() + "' was not registered");
        }
        return version.base;
    }

    private Version version(Field field, Column values, IdentityHashMap<Column, Version> known) throws IOException {
        Field valueField = field.valueField();
        register(valueField, values, known);
        List<Version> all =
                versions.computeIfAbsent(field.dictionary().orElseThrow().id(), id -> new ArrayList<>());
        for (Version version : all) {
            long common = Math.min(values.length(), version.values().length());
            boolean isLast = version == all.get(all.size() - 1);
            if (agree(version.values(), values, common) && (common == values.length() || isLast)) {
                if (common < values.length()) {
                    requireRoom(field, version.base + values.length());
                    RecordBatch longer = copy(valueField, values);
                    version.copy.close();
                    version.copy = longer;
                }
                return version;
            }
        }
        long base = all.isEmpty()
                ? 0
                : all.get(all.size() - 1).base
                        + all.get(all.size() - 1).values().length();
        requireRoom(field, base + values.length());
        Version added = new Version(base, copy(valueField, values));
        all.add(added);
        return added;
    }

    private static boolean agree(Column known, Column values, long count) {
        Column named = Column.of(values.data().withField(known.field()));
        return BatchComparison.compare(known.slice(0, count), named.slice(0, count))
                .isEmpty();
    }

    private RecordBatch copy(Field valueField, Column values) throws IOException {
        LightstreamMemory target = memory;
        if (target == null) {
            target = LightstreamMemory.create();
            memory = target;
        }
        Column named = Column.of(values.data().withField(valueField));
        RecordBatch borrowed =
                RecordBatch.of(Schema.of(valueField), values.length(), List.of(named), BatchMemory.none());
        RecordBatch copy = borrowed.take(target.allocator());
        try {
            register(valueField, copy.column(0), own);
        } catch (IOException | RuntimeException | Error e) {
            copy.close();
            throw e;
        }
        return copy;
    }

    private static void requireRoom(Field field, long size) throws LightstreamException {
        DataType.Int type = field.dictionary().orElseThrow().indexType();
        long most = type.bitWidth() == Long.SIZE
                ? Long.MAX_VALUE
                : (1L << (type.signed() ? type.bitWidth() - 1 : type.bitWidth()));
        if (size > most) {
            throw new UnsupportedFeatureException(
                    "",
                    LightstreamException.UNKNOWN_POSITION,
                    "dictionaries of field '" + field.name() + "' as one",
                    "at most " + most + " values for indices of " + type,
                    size);
        }
    }

    /** Writes all dictionaries of the fields, those of a dictionary's own values first. */
    void write(List<Field> fields, ColumnWriter columns) throws IOException {
        write(fields, columns, new TreeSet<>());
    }

    private void write(List<Field> fields, ColumnWriter columns, Set<Long> written) throws IOException {
        for (Field field : fields) {
            write(field.children(), columns, written);
            if (field.dictionary().isPresent()) {
                long id = field.dictionary().get().id();
                if (written.add(id)) {
                    write(id, field.valueField(), columns);
                }
            }
        }
    }

    private void write(long id, Field valueField, ColumnWriter columns) throws IOException {
        List<Rows> parts = versions.getOrDefault(id, List.of()).stream()
                .map(version -> new Rows(version.values(), 0, version.values().length()))
                .toList();
        columns.generator().writeStartObject();
        columns.generator().writeNumberField("id", id);
        columns.generator().writeObjectFieldStart("data");
        columns.generator()
                .writeNumberField("count", parts.stream().mapToLong(Rows::count).sum());
        columns.generator().writeArrayFieldStart("columns");
        columns.write("DICT" + id, valueField, parts);
        columns.generator().writeEndArray();
        columns.generator().writeEndObject();
        columns.generator().writeEndObject();
    }

    @Override
    public void close() {
        for (List<Version> all : versions.values()) {
            all.forEach(version -> version.copy.close());
        }
        versions.clear();
        own.clear();
        recent.clear();
        if (memory != null) {
            memory.close();
        }
    }
}
