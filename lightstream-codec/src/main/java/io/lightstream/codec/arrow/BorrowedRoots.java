package io.lightstream.codec.arrow;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.schema.Schema;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.jspecify.annotations.Nullable;

/**
 * Borrows roots one after another, as {@link ArrowBatches#borrow(VectorSchemaRoot, DictionaryProvider)} does, and converts a
 * schema only where it is not the one of the root before. One thread at a time.
 */
public final class BorrowedRoots {
    private org.apache.arrow.vector.types.pojo.@Nullable Schema arrowSchema;
    private @Nullable DictionaryProvider provider;
    private @Nullable Schema schema;

    /**
     * The rows of a root as they are now. The caller closes the batch.
     *
     * @throws IllegalArgumentException where a dictionary is missing
     */
    public RecordBatch borrow(VectorSchemaRoot root, DictionaryProvider dictionaries) {
        Schema known = schema;
        if (known == null || !isSame(root.getSchema(), arrowSchema) || !isSame(dictionaries, provider)) {
            known = ArrowSchemas.fromArrow(root.getSchema(), dictionaries);
            arrowSchema = root.getSchema();
            provider = dictionaries;
            schema = known;
        }
        return ArrowBatches.borrow(root, dictionaries, known);
    }

    /** By identity: comparing schemas would cost as much as converting one. */
    private static boolean isSame(Object one, @Nullable Object other) {
        return one == other;
    }

    /** As {@link #borrow(VectorSchemaRoot, DictionaryProvider)}, without dictionaries. */
    public RecordBatch borrow(VectorSchemaRoot root) {
        return borrow(root, ArrowBatches.NO_DICTIONARIES);
    }
}
