package io.lightstream.codec.arrow;

import io.lightstream.codec.Column;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.schema.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.util.DictionaryUtility;

/** Empty vectors for a schema, and how batches get into them. */
final class ArrowVectors {
    private final BufferAllocator allocator;
    private final VectorFiller filler;
    private final Map<Long, Dictionary> dictionaries;
    private final Map<Long, Column> loaded = new HashMap<>();

    ArrowVectors(BufferAllocator allocator, Map<Long, Dictionary> dictionaries) {
        this.allocator = allocator;
        this.filler = new VectorFiller(allocator);
        this.dictionaries = dictionaries;
    }

    /** Vectors without rows; those of the dictionaries go to the map that was given to the constructor. */
    VectorSchemaRoot create(Schema schema, ArrowConversion conversion) throws UnsupportedFeatureException {
        List<Field> fields = new ArrayList<>();
        List<FieldVector> vectors = new ArrayList<>();
        var arrow = ArrowSchemas.toArrow(schema, conversion);
        try {
            for (Field field : arrow.getFields()) {
                Field inMemory = DictionaryUtility.toMemoryFormat(field, allocator, dictionaries);
                fields.add(inMemory);
                vectors.add(inMemory.createVector(allocator));
            }
        } catch (IllegalArgumentException | UnsupportedOperationException | ArithmeticException e) {
            // The last by a vector of byte strings without bytes, which divides by their width.
            vectors.forEach(FieldVector::close);
            dictionaries.values().forEach(dictionary -> dictionary.getVector().close());
            throw new UnsupportedFeatureException(
                    "", LightstreamException.UNKNOWN_POSITION, "Arrow Java refuses the schema: " + e.getMessage(), e);
        }
        return new VectorSchemaRoot(
                new org.apache.arrow.vector.types.pojo.Schema(fields, schema.metadata()), vectors, 0);
    }

    /**
     * Replaces what the vectors hold. Dictionaries that are the same objects as before are left alone.
     *
     * @return bytes of the columns
     */
    long load(RecordBatch batch, VectorSchemaRoot root) {
        int rows = Math.toIntExact(batch.rowCount());
        long bytes = 0;
        Set<Column> done = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < batch.columnCount(); i++) {
            Column column = batch.column(i);
            loadDictionaries(column, done);
            bytes += filler.fill(column, root.getVector(i));
        }
        root.setRowCount(rows);
        return bytes;
    }

    private void loadDictionaries(Column column, Set<Column> done) {
        Column values = column.data().dictionary().orElse(null);
        if (values == null) {
            column.data().children().forEach(child -> loadDictionaries(child, done));
            return;
        }
        values.data().children().forEach(child -> loadDictionaries(child, done));
        long id = column.field().dictionary().orElseThrow().id();
        if (done.add(values) && loaded.put(id, values) != values) {
            Dictionary dictionary = dictionaries.get(id);
            if (dictionary == null) {
                throw new IllegalStateException("the schema does not have dictionary " + id);
            }
            filler.fill(values, dictionary.getVector());
        }
    }
}
