package io.lightstream.codec.arrow;

import java.util.Map;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * A record batch as Arrow Java has it. Owns its vectors, and with them references to the memory: it outlives the batch it was
 * made from. One thread at a time.
 */
public final class ArrowBatch implements AutoCloseable {
    private final VectorSchemaRoot root;
    private final DictionaryProvider.MapDictionaryProvider dictionaries;

    ArrowBatch(VectorSchemaRoot root, Map<Long, Dictionary> dictionaries) {
        this.root = root;
        this.dictionaries = new DictionaryProvider.MapDictionaryProvider(
                dictionaries.values().toArray(Dictionary[]::new));
    }

    /** The vectors; dictionary-encoded ones hold indices. */
    public VectorSchemaRoot root() {
        return root;
    }

    /** The dictionaries by id. */
    public DictionaryProvider dictionaries() {
        return dictionaries;
    }

    /** Closes vectors and dictionaries. */
    @Override
    public void close() {
        try {
            root.close();
        } finally {
            dictionaries.close();
        }
    }
}
