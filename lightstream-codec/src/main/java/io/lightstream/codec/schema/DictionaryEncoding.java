package io.lightstream.codec.schema;

import io.lightstream.codec.schema.DataType.Int;
import java.util.Objects;

/**
 * Says that a field's values are indices into a dictionary.
 *
 * @param id identifies the dictionary within a stream or file; several fields may share one
 * @param indexType type of the indices
 * @param ordered whether the order of the dictionary's values means something
 */
public record DictionaryEncoding(long id, Int indexType, boolean ordered) {
    public DictionaryEncoding {
        Objects.requireNonNull(indexType, "indexType");
    }
}
