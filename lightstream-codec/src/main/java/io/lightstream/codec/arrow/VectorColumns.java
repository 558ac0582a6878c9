package io.lightstream.codec.arrow;

import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.schema.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.ExtensionTypeVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.jspecify.annotations.Nullable;

/** Shows vectors as columns over the same memory. */
final class VectorColumns {
    private static final long NOT_COUNTED = -1;

    private final DictionaryProvider dictionaries;
    private final BatchMemory memory;
    /** By id, so that columns that share a dictionary have the same one. */
    private final Map<Long, Column> made = new HashMap<>();

    VectorColumns(DictionaryProvider dictionaries, BatchMemory memory) {
        this.dictionaries = dictionaries;
        this.memory = memory;
    }

    /** Retains all buffers of vectors and of the dictionaries that they refer to. */
    static BatchMemory retain(List<FieldVector> vectors, DictionaryProvider dictionaries) {
        List<ArrowBuf> buffers = new ArrayList<>();
        vectors.forEach(vector -> collect(vector, dictionaries, buffers));
        buffers.forEach(buffer -> buffer.getReferenceManager().retain());
        return BatchMemory.of(buffers.toArray(ArrowBuf[]::new));
    }

    private static void collect(FieldVector vector, DictionaryProvider dictionaries, List<ArrowBuf> buffers) {
        FieldVector storage = storage(vector);
        for (ArrowBuf buffer : storage.getFieldBuffers()) {
            if (buffer.capacity() > 0) {
                buffers.add(buffer);
            }
        }
        storage.getChildrenFromFields().forEach(child -> collect(child, dictionaries, buffers));
        var encoding = vector.getField().getDictionary();
        if (encoding != null) {
            collect(values(encoding.getId(), vector.getName(), dictionaries), dictionaries, buffers);
        }
    }

    Column column(FieldVector vector, Field field) {
        FieldVector storage = storage(vector);
        List<ArrowBuf> arrowBuffers = storage.getFieldBuffers();
        long[] buffers = new long[2 * arrowBuffers.size()];
        for (int i = 0; i < arrowBuffers.size(); i++) {
            ArrowBuf buffer = arrowBuffers.get(i);
            buffers[2 * i] = buffer.memoryAddress();
            // Of a vector over values that nobody validated, Arrow sets it to what the last offset says.
            buffers[2 * i + 1] = Math.max(0, Math.min(buffer.writerIndex(), buffer.capacity()));
        }
        List<Column> children = new ArrayList<>();
        @Nullable Column dictionary = null;
        if (field.dictionary().isPresent()) {
            dictionary = dictionary(field.dictionary().get().id(), field);
        } else {
            List<FieldVector> vectors = storage.getChildrenFromFields();
            requireChildren(field, vectors.size());
            for (int i = 0; i < vectors.size(); i++) {
                children.add(column(vectors.get(i), field.children().get(i)));
            }
        }
        return Column.of(new ColumnData(
                field, storage.getValueCount(), NOT_COUNTED, 0, buffers, List.copyOf(children), dictionary, memory));
    }

    private Column dictionary(long id, Field field) {
        Column known = made.get(id);
        if (known == null) {
            known = column(values(id, field.name(), dictionaries), field.valueField());
            made.put(id, known);
        }
        return known;
    }

    private static FieldVector values(long id, String column, DictionaryProvider dictionaries) {
        Dictionary dictionary = dictionaries.lookup(id);
        if (dictionary == null) {
            throw ArrowSchemas.unknownDictionary(id, column);
        }
        return dictionary.getVector();
    }

    /** Of children that share a name, a vector that Arrow Java makes of a schema has but one. */
    private static void requireChildren(Field field, int found) {
        int expected = field.children().size();
        if (found != expected) {
            throw new IllegalArgumentException(
                    "children of vector '" + field.name() + "': expected " + expected + ", found " + found);
        }
    }

    private static FieldVector storage(FieldVector vector) {
        return vector instanceof ExtensionTypeVector<?> extension
                ? (FieldVector) extension.getUnderlyingVector()
                : vector;
    }
}
