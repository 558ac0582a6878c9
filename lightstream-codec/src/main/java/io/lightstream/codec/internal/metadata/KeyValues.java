package io.lightstream.codec.internal.metadata;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.arrow.flatbuf.KeyValue;
import org.jspecify.annotations.Nullable;

/** Reads custom metadata: of several equal keys the last one counts, in the place of the first. */
final class KeyValues {
    private KeyValues() {}

    static Map<String, String> read(KeyValue.@Nullable Vector entries) {
        if (entries == null || entries.length() == 0) {
            return Map.of();
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int i = 0; i < entries.length(); i++) {
            KeyValue entry = entries.get(i);
            metadata.put(Texts.metadata(entry.keyAsByteBuffer()), Texts.metadata(entry.valueAsByteBuffer()));
        }
        return metadata;
    }
}
