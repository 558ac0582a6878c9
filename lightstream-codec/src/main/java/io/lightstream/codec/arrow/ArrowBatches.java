package io.lightstream.codec.arrow;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;

/** Batches of Arrow Java as ours and ours as those of Arrow Java. Stateless. */
public final class ArrowBatches {
    static final DictionaryProvider NO_DICTIONARIES = new DictionaryProvider.MapDictionaryProvider();

    private ArrowBatches() {}

    /** As {@link #borrow(VectorSchemaRoot, DictionaryProvider)}, without dictionaries. */
    public static RecordBatch borrow(VectorSchemaRoot root) {
        return borrow(root, NO_DICTIONARIES);
    }

    /**
     * The rows of a root as they are now, as a batch over the same memory. The batch holds references to the buffers, so it
     * may outlive the root's content; the vectors must not be written to as long as it is used.
     *
     * @throws IllegalArgumentException where a dictionary is missing, or a vector has fewer children than the schema says: Arrow
     *     Java, where it makes vectors of a schema, keeps one of several children with one name
     */
    public static RecordBatch borrow(VectorSchemaRoot root, DictionaryProvider dictionaries) {
        return borrow(root, dictionaries, ArrowSchemas.fromArrow(root.getSchema(), dictionaries));
    }

    /**
     * As {@link #borrow(VectorSchemaRoot, DictionaryProvider)}, for many batches of one root.
     *
     * @param schema what {@link ArrowSchemas#fromArrow} gave for the root's schema
     */
    public static RecordBatch borrow(VectorSchemaRoot root, DictionaryProvider dictionaries, Schema schema) {
        List<FieldVector> vectors = root.getFieldVectors();
        BatchMemory memory = VectorColumns.retain(vectors, dictionaries);
        try {
            VectorColumns columns = new VectorColumns(dictionaries, memory);
            List<Column> all = new ArrayList<>(vectors.size());
            for (int i = 0; i < vectors.size(); i++) {
                all.add(columns.column(vectors.get(i), schema.field(i)));
            }
            return RecordBatch.of(schema, root.getRowCount(), all, memory);
        } catch (RuntimeException | Error e) {
            memory.release();
            throw e;
        }
    }

    /**
     * A batch as vectors over the same memory; what a slice shifts is copied. The caller closes the result, which does not
     * need the batch to stay open.
     *
     * <p>Vectors of structs and unions find their children by name. Where several children of one parent share a name, those
     * behind the first are called {@code name#2} and so on in their vectors. The schema of the root has the names as they are, or
     * the new ones where the conversion is {@link ArrowConversion#WIDEN}.
     *
     * <p>Of a batch that was read with {@link io.lightstream.codec.Validation#STRUCTURE} the values are as they were sent, but
     * for where offsets begin and end, list views and unions, which are checked. Vectors check what they follow against the
     * buffer, as long as nobody sets {@code arrow.enable_unsafe_memory_access}: a wrong offset, view or index is an {@link
     * IndexOutOfBoundsException}, or whatever else it leads to. Who gets vectors through the C data interface checks nothing:
     * export only what was read with {@link io.lightstream.codec.Validation#FULL}.
     *
     * @param allocator of the vectors; must have the same root as the memory of the batch
     * @throws UnsupportedFeatureException where Arrow Java has no vector for a column; nothing was allocated then. Also where two
     *     versions of a dictionary that say different things are in use at once, or a column has more rows than a vector can
     * @throws io.lightstream.codec.InvalidValueException where values that nobody validated lead outside of the batch
     */
    public static ArrowBatch toRoot(RecordBatch batch, BufferAllocator allocator, ArrowConversion conversion)
            throws UnsupportedFeatureException {
        Map<Long, Dictionary> dictionaries = new HashMap<>();
        ArrowVectors vectors = new ArrowVectors(allocator, dictionaries);
        ArrowBatch result = new ArrowBatch(vectors.create(batch.schema(), conversion), dictionaries);
        try {
            vectors.load(batch, result.root());
            return result;
        } catch (UnsupportedFeatureException | RuntimeException | Error e) {
            result.close();
            throw e;
        }
    }

    /**
     * A reader as Arrow Java has it: for the C data interface, and with it DuckDB, Spark and others. Vectors, and arrays that were
     * exported, may outlive it. On values that nobody validated see {@link #toRoot}, on the C data interface also {@link
     * BatchReader#asArrowReader}.
     *
     * @param batches closed with the result
     * @param allocator of the vectors; must have the same root as the memory of the batches
     */
    public static ArrowReader reader(BatchReader batches, BufferAllocator allocator, ArrowConversion conversion) {
        return new BatchArrowReader(batches, allocator, conversion);
    }
}
