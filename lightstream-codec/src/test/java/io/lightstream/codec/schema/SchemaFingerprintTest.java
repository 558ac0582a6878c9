package io.lightstream.codec.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemaFingerprintTest {
    private static final DataType INT32 = new DataType.Int(32, true);
    private static final DataType UTF8 = new DataType.Utf8();

    private static Field encoded(long id, int bits, boolean ordered) {
        return Field.of("a", UTF8).withDictionary(new DictionaryEncoding(id, new DataType.Int(bits, true), ordered));
    }

    @Test
    void everythingThatMattersMakesADifference() {
        Schema[] schemas = {
            Schema.of(),
            Schema.of(Field.of("a", INT32)),
            Schema.of(Field.of("b", INT32)),
            Schema.of(Field.required("a", INT32)),
            Schema.of(Field.of("a", UTF8)),
            Schema.of(Field.of("a", INT32), Field.of("b", INT32)),
            Schema.of(Field.of("b", INT32), Field.of("a", INT32)),
            Schema.of(Field.of("a", new DataType.Struct(), Field.of("b", INT32))),
            Schema.of(Field.of("a", new DataType.Struct()), Field.of("b", INT32)),
            Schema.of(Field.of("a", new DataType.Timestamp(TimeUnit.SECOND, Optional.empty()))),
            Schema.of(Field.of("a", new DataType.Timestamp(TimeUnit.SECOND, Optional.of("UTC")))),
            Schema.of(encoded(1, 8, false)),
            Schema.of(encoded(1, 16, false)),
            Schema.of(encoded(1, 8, true)),
        };
        Set<SchemaFingerprint> fingerprints = new HashSet<>();
        for (Schema schema : schemas) {
            assertThat(fingerprints.add(SchemaFingerprint.of(schema)))
                    .as(schema.toString())
                    .isTrue();
        }
    }

    @Test
    void dictionaryIdsAreNoPartOfIt() {
        assertThat(SchemaFingerprint.of(Schema.of(encoded(1, 8, false))))
                .isEqualTo(SchemaFingerprint.of(Schema.of(encoded(2, 8, false))));
    }

    @Test
    void metadataCountsOnRequestInAnyOrder() {
        Map<String, String> order = new LinkedHashMap<>();
        order.put("x", "1");
        order.put("y", "2");
        Map<String, String> otherOrder = new LinkedHashMap<>();
        otherOrder.put("y", "2");
        otherOrder.put("x", "1");
        Schema plain = Schema.of(Field.of("a", INT32));
        Schema tagged = new Schema(List.of(Field.of("a", INT32).withMetadata(order)), order);
        Schema same = new Schema(List.of(Field.of("a", INT32).withMetadata(otherOrder)), otherOrder);
        assertThat(SchemaFingerprint.of(tagged)).isEqualTo(SchemaFingerprint.of(plain));
        assertThat(SchemaFingerprint.withMetadata(tagged))
                .isEqualTo(SchemaFingerprint.withMetadata(same))
                .isNotEqualTo(SchemaFingerprint.withMetadata(plain));
    }

    /** Peers of other releases compare it: the value must never change. */
    @Test
    void valueIsFixed() {
        assertThat(SchemaFingerprint.of(Schema.of(Field.of("a", INT32))))
                .hasToString("4cb98215354a54feba42411217cdb2bd");
    }
}
