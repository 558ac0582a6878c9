package io.lightstream.codec.arrow;

import io.lightstream.codec.Column;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        for (Field field : ArrowSchemas.toArrow(schema, conversion).getFields()) {
            try {
                vectors.add(vector(field, dictionaries));
                // Of the dictionaries, which are there by now, this makes none.
                fields.add(DictionaryUtility.toMemoryFormat(field, allocator, dictionaries));
            } catch (RuntimeException e) {
                throw refused(field.getName(), field, e);
            }
        }
        return new VectorSchemaRoot(
                new org.apache.arrow.vector.types.pojo.Schema(fields, schema.metadata()), vectors, 0);
    }

    /** The vector of a field, and those of its dictionaries. They hold no memory yet. */
    private FieldVector vector(Field field, Map<Long, Dictionary> made) {
        return DictionaryUtility.toMemoryFormat(ArrowSchemas.withDistinctNames(field), allocator, made)
                .createVector(allocator);
    }

    /** Names the innermost field that there is no vector for: those around it are refused because of it. */
    private UnsupportedFeatureException refused(String path, Field field, RuntimeException cause) {
        for (Field child : field.getChildren()) {
            try {
                vector(child, new HashMap<>());
            } catch (RuntimeException e) {
                return refused(path + "." + child.getName(), child, e);
            }
        }
        return new UnsupportedFeatureException(
                "",
                LightstreamException.UNKNOWN_POSITION,
                "column '" + path + "': Arrow Java makes no vector for " + field + ": " + cause,
                cause);
    }

    /**
     * Replaces what the vectors hold. Dictionaries that are the same objects as before are left alone.
     *
     * @return bytes of the columns
     */
    long load(RecordBatch batch, VectorSchemaRoot root) throws UnsupportedFeatureException {
        VectorFiller.requireRows("batch", batch.rowCount());
        loadDictionaries(batch.columns());
        long bytes = 0;
        for (int i = 0; i < batch.columnCount(); i++) {
            bytes += filler.fill(batch.column(i), root.getVector(i));
        }
        root.setRowCount((int) batch.rowCount());
        return bytes;
    }

    private void loadDictionaries(List<Column> columns) throws UnsupportedFeatureException {
        Map<Long, Column> wanted = new HashMap<>();
        collectDictionaries(columns, wanted);
        for (Map.Entry<Long, Column> entry : wanted.entrySet()) {
            if (loaded.get(entry.getKey()) != entry.getValue()) {
                loadDictionary(entry.getKey(), entry.getValue());
            }
        }
    }

    private void loadDictionary(long id, Column values) throws UnsupportedFeatureException {
        Dictionary dictionary = dictionaries.get(id);
        if (dictionary == null) {
            throw new IllegalStateException("the schema does not have dictionary " + id);
        }
        // Where filling fails, the vector holds neither the values of before nor these.
        loaded.remove(id);
        filler.fill(values, dictionary.getVector());
        loaded.put(id, values);
    }

    private static void collectDictionaries(List<Column> columns, Map<Long, Column> wanted)
            throws UnsupportedFeatureException {
        for (Column column : columns) {
            Column values = column.data().dictionary().orElse(null);
            if (values == null) {
                collectDictionaries(column.data().children(), wanted);
                continue;
            }
            collectDictionaries(values.data().children(), wanted);
            long id = column.field().dictionary().orElseThrow().id();
            Column other = wanted.putIfAbsent(id, values);
            if (other != null && other != values) {
                wanted.put(id, longer(id, other, values));
            }
        }
    }

    /**
     * Of two versions of a dictionary in one batch the one that serves both. A dictionary whose values are indices into another
     * one still refers to that as it was before it grew.
     */
    private static Column longer(long id, Column one, Column other) throws UnsupportedFeatureException {
        Column longer = one.length() >= other.length() ? one : other;
        Column shorter = longer == one ? other : one;
        // Each is called after the column that refers to it.
        Column named = Column.of(longer.data().withField(shorter.field()));
        if (BatchComparison.compare(shorter, named.slice(0, shorter.length())).isPresent()) {
            throw new UnsupportedFeatureException(
                    "",
                    LightstreamException.UNKNOWN_POSITION,
                    "dictionary " + id + " of column '" + one.name() + "': the batch has two versions of it, of "
                            + one.length() + " and " + other.length() + " values, and Arrow Java holds one");
        }
        return longer;
    }
}
