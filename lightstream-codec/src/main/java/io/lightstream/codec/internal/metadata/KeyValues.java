package io.lightstream.codec.internal.metadata;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.arrow.flatbuf.KeyValue;

/** Reads custom metadata: the last of several equal keys wins, absent keys and values are empty. */
final class KeyValues {
    private KeyValues() {}

    static Map<String, String> read(int count, IntFunction<KeyValue> entries) {
        if (count == 0) {
            return Map.of();
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            KeyValue entry = entries.apply(i);
            metadata.put(Texts.read(entry.keyAsByteBuffer()), Texts.read(entry.valueAsByteBuffer()));
        }
        return metadata;
    }
}
