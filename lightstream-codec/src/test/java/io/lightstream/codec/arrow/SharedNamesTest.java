package io.lightstream.codec.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.build.Columns;
import io.lightstream.codec.build.UnionBuilder.Tagged;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.ipc.Ipc;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DataType.UnionMode;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.DenseUnionVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.ExtensionTypeRegistry;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Children that share a name, dictionaries that share an id, and what Arrow Java has no vectors for. */
class SharedNamesTest {
    private static final Field NUMBER = Field.of("a", new DataType.Int(32, true));
    private static final Field TEXT = Field.of("a", new DataType.Utf8());
    private static final List<Integer> IDS = List.of(5, 7);
    private static final Field STRUCT = Field.of("s", new DataType.Struct(), NUMBER, TEXT, NUMBER);
    private static final Field DENSE = Field.of("u", new DataType.Union(UnionMode.DENSE, IDS), NUMBER, TEXT);
    private static final Field SPARSE = Field.of("u", new DataType.Union(UnionMode.SPARSE, IDS), TEXT, NUMBER);
    private static final DictionaryEncoding BY_INDEX = new DictionaryEncoding(9, new DataType.Int(8, true), false);

    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingIsHeld() {
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
    }

    static Stream<RecordBatchOf> shapes() {
        List<?> structs = Arrays.asList(List.of(1, "x", 2), null, List.of(3, "y", 4));
        List<?> denses = List.of(new Tagged(5, 1), new Tagged(7, "x"), new Tagged(5, 2));
        List<?> sparses = List.of(new Tagged(5, "x"), new Tagged(7, 1), new Tagged(5, "y"));
        Field list = Field.of("l", new DataType.ListType(), DENSE);
        Field twice = Field.of("t", new DataType.Struct(), STRUCT.withName("a"), SPARSE.withName("a"));
        Field clash = Field.of("c", new DataType.Struct(), NUMBER, NUMBER, NUMBER.withName("a#2"), NUMBER);
        return Stream.of(
                new RecordBatchOf(STRUCT, structs),
                new RecordBatchOf(DENSE, denses),
                new RecordBatchOf(SPARSE, sparses),
                new RecordBatchOf(list, List.of(denses, List.of(), denses)),
                new RecordBatchOf(twice, List.of(List.of(List.of(1, "x", 2), new Tagged(7, 3)))),
                new RecordBatchOf(clash, List.of(List.of(1, 2, 3, 4))),
                new RecordBatchOf(STRUCT.withDictionary(BY_INDEX), structs),
                new RecordBatchOf(DENSE.withDictionary(BY_INDEX), denses),
                new RecordBatchOf(SPARSE.withDictionary(BY_INDEX), sparses));
    }

    /** A column to be built. */
    record RecordBatchOf(Field field, List<?> values) {
        RecordBatch build(BufferAllocator allocator) {
            try (BatchBuilder builder = BatchBuilder.create(Schema.of(field, field), allocator)) {
                for (Object value : values) {
                    builder.column(0).appendValue(value);
                    builder.column(1).appendValue(value);
                }
                return builder.finish();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void vectorsAreFoundByPlace(RecordBatchOf shape) throws IOException {
        try (RecordBatch batch = shape.build(memory.allocator())) {
            try (ArrowBatch arrow = ArrowBatches.toRoot(batch, memory.allocator(), ArrowConversion.EXACT);
                    RecordBatch back = ArrowBatches.borrow(arrow.root(), arrow.dictionaries(), batch.schema())) {
                assertThat(BatchComparison.compare(batch, back)).isEmpty();
                checkNames(batch.schema(), arrow.root());
            }
            byte[] stream = Ipc.stream(batch.schema(), IpcWriteOptions.defaults(), List.of(batch, batch));
            try (ArrowReader reader = open(stream).asArrowReader(memory.allocator())) {
                for (int i = 0; i < 2; i++) {
                    assertThat(reader.loadNextBatch()).isTrue();
                    checkNames(batch.schema(), reader.getVectorSchemaRoot());
                    try (RecordBatch back =
                            ArrowBatches.borrow(reader.getVectorSchemaRoot(), provider(reader), batch.schema())) {
                        assertThat(BatchComparison.compare(batch, back)).isEmpty();
                    }
                }
                assertThat(reader.loadNextBatch()).isFalse();
            }
        }
    }

    /** The root's schema is that of the batch: only vectors, where Arrow Java needs it, have other names. */
    private static void checkNames(Schema schema, VectorSchemaRoot root) {
        if (schema.field(0).dictionary().isEmpty()) {
            assertThat(ArrowSchemas.fromArrow(root.getSchema(), ArrowBatches.NO_DICTIONARIES))
                    .isEqualTo(schema);
        }
    }

    private BatchReader open(byte[] stream) throws IOException {
        return IpcStreamReader.open(
                Channels.newChannel(new ByteArrayInputStream(stream)), memory.allocator(), IpcReadOptions.defaults());
    }

    private static DictionaryProvider provider(ArrowReader reader) throws IOException {
        var dictionaries = new DictionaryProvider.MapDictionaryProvider();
        reader.getDictionaryVectors().values().forEach(dictionaries::put);
        return dictionaries;
    }

    @Test
    void valuesAreThereForArrowJavaItself() throws IOException {
        try (RecordBatch batch = RecordBatch.of(
                        memory,
                        Columns.of(STRUCT, List.of(List.of(1, "x", 2))),
                        Columns.of(DENSE, List.of(new Tagged(7, "y"))));
                ArrowBatch arrow = ArrowBatches.toRoot(batch, memory.allocator(), ArrowConversion.EXACT)) {
            StructVector struct = (StructVector) arrow.root().getVector("s");
            assertThat(struct.getChildFieldNames()).containsExactly("a", "a#2", "a#3");
            assertThat(struct.getObject(0)).hasToString("{\"a\":1,\"a#2\":\"x\",\"a#3\":2}");
            assertThat(((DenseUnionVector) arrow.root().getVector("u")).getObject(0))
                    .hasToString("y");
        }
    }

    /** So that whoever makes vectors of the schema again, such as the C data interface, gets all of them. */
    @Test
    void widenedSchemasHaveTheNamesOfTheVectors() throws IOException {
        Field nested = Field.of("n", new DataType.ListType(), STRUCT);
        try (RecordBatch batch = RecordBatch.of(memory, Columns.of(nested, List.of(List.of(List.of(1, "x", 2)))));
                ArrowBatch arrow = ArrowBatches.toRoot(batch, memory.allocator(), ArrowConversion.WIDEN)) {
            assertThat(arrow.root().getSchema())
                    .hasToString("Schema<n: List<s: Struct<a: Int(32, true), a#2: Utf8, a#3: Int(32, true)>>>");
            assertThat(arrow.root().getSchema()).isEqualTo(ArrowSchemas.toArrow(batch.schema(), ArrowConversion.WIDEN));
            try (VectorSchemaRoot again = VectorSchemaRoot.create(arrow.root().getSchema(), memory.allocator());
                    RecordBatch none = ArrowBatches.borrow(again)) {
                assertThat(none.column(0).child(0).children()).hasSize(3);
            }
        }
    }

    /** That is what Arrow Java's own vectors for such a schema are like. */
    @Test
    void rootsThatLackChildrenAreRefused() throws IOException {
        var schema = ArrowSchemas.toArrow(Schema.of(STRUCT), ArrowConversion.EXACT);
        try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, memory.allocator())) {
            assertThatThrownBy(() -> ArrowBatches.borrow(root))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("children of vector 's': expected 3, found 1");
        }
    }

    static Stream<RefusedField> refused() {
        Field union = DENSE.withName("item");
        Field lists = Field.of("item", new DataType.FixedSizeList(2), union);
        Field none = Field.of("a", new DataType.FixedSizeBinary(0));
        Field nullableKeys = Field.required("entries", new DataType.Struct(), TEXT.withName("key"), NUMBER);
        return Stream.of(
                new RefusedField(lists.withName("f"), "'f'", "Inner vector type mismatch"),
                new RefusedField(Field.of("l", new DataType.ListType(), lists), "'l.item'", "Inner vector type"),
                new RefusedField(lists.withName("f").withDictionary(BY_INDEX), "'f'", "Inner vector type mismatch"),
                new RefusedField(Field.of("s", new DataType.Struct(), NUMBER, none), "'s.a'", "fixed_size_binary[0]"),
                new RefusedField(Field.of("m", new DataType.MapType(false), nullableKeys), "'m'", "non-nullable"),
                new RefusedField(
                        Field.of("s", new DataType.Struct(), Field.of("d", new DataType.Decimal(9, 2, 32))),
                        "'s.d'",
                        "decimal32(9, 2)"),
                new RefusedField(
                        Field.of(
                                "s", new DataType.Struct(), NUMBER.withMetadata(Map.of(Field.EXTENSION_NAME, "picky"))),
                        "'s.a'",
                        "extension type picky over Int(32, true): only over text"));
    }

    record RefusedField(Field field, String path, String reason) {}

    @ParameterizedTest
    @MethodSource("refused")
    void whatHasNoVectorIsNamedByItsPath(RefusedField refused) throws IOException {
        ExtensionTypeRegistry.register(new PickyType());
        try (BatchBuilder builder = BatchBuilder.create(Schema.of(NUMBER, refused.field()), memory.allocator());
                RecordBatch batch = builder.finish()) {
            long before = memory.allocator().getAllocatedMemory();
            assertThatThrownBy(() -> ArrowBatches.toRoot(batch, memory.allocator(), ArrowConversion.EXACT))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageStartingWith("column " + refused.path() + ": ")
                    .hasMessageContaining(refused.reason());
            assertThat(memory.allocator().getAllocatedMemory()).isEqualTo(before);

            byte[] stream = Ipc.stream(batch.schema(), IpcWriteOptions.defaults(), List.of(batch));
            try (ArrowReader reader = open(stream).asArrowReader(memory.allocator())) {
                for (int i = 0; i < 2; i++) {
                    assertThatThrownBy(reader::loadNextBatch)
                            .isInstanceOf(UnsupportedFeatureException.class)
                            .hasMessageContaining("column " + refused.path() + ": ");
                }
            }
        } finally {
            ExtensionTypeRegistry.unregister(new PickyType());
        }
    }

    /** Fails as an author of an extension type may let it. */
    private static final class PickyType extends ArrowType.ExtensionType {
        @Override
        public ArrowType storageType() {
            return ArrowType.Utf8.INSTANCE;
        }

        @Override
        public String extensionName() {
            return "picky";
        }

        @Override
        public boolean extensionEquals(ExtensionType other) {
            return other instanceof PickyType;
        }

        @Override
        public String serialize() {
            return "";
        }

        @Override
        public ArrowType deserialize(ArrowType storage, String serialized) {
            throw new IllegalStateException("only over text");
        }

        @Override
        public FieldVector getNewVector(String name, FieldType type, BufferAllocator allocator) {
            throw new UnsupportedOperationException();
        }
    }

    /** The values of the outer dictionary, which is not sent again, refer to the inner one as it was. */
    @Test
    void aDictionaryThatGrewServesThoseThatKnewItBefore() throws IOException {
        Field inner = TEXT.withName("i").withDictionary(BY_INDEX);
        Field outer = Field.of("o", new DataType.ListType(), inner)
                .withDictionary(new DictionaryEncoding(10, new DataType.Int(8, true), false));
        Schema schema = Schema.of(inner, outer);
        List<RecordBatch> batches = new ArrayList<>();
        try (BatchBuilder builder = BatchBuilder.create(schema, memory.allocator())) {
            for (String text : List.of("x", "y")) {
                builder.column(0).appendValue(text);
                builder.column(1).appendValue(List.of("x"));
                batches.add(builder.finish());
            }
        }
        byte[] stream = Ipc.stream(schema, IpcWriteOptions.defaults(), batches);
        try (ArrowReader reader = open(stream).asArrowReader(memory.allocator())) {
            for (RecordBatch expected : batches) {
                assertThat(reader.loadNextBatch()).isTrue();
                try (RecordBatch back = ArrowBatches.borrow(reader.getVectorSchemaRoot(), provider(reader), schema)) {
                    assertThat(BatchComparison.compare(expected, back)).isEmpty();
                }
            }
        }
        batches.forEach(RecordBatch::close);
    }

    @Test
    void twoDictionariesWithOneIdAreRefused() {
        Field field = TEXT.withDictionary(BY_INDEX);
        try (RecordBatch one = RecordBatch.of(memory, Columns.of(field, List.of("x", "y")));
                RecordBatch other = RecordBatch.of(memory, Columns.of(field, List.of("z")));
                RecordBatch both = new RecordBatch(
                        Schema.of(field, field),
                        1,
                        Map.of(),
                        BatchMemory.none(),
                        new BatchMemory[0],
                        index -> (index == 0 ? one : other).column(0).slice(0, 1))) {
            assertThatThrownBy(() -> ArrowBatches.toRoot(both, memory.allocator(), ArrowConversion.EXACT))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining(
                            "dictionary 9 of column 'a': the batch has two versions of it, of 2 and 1 values");
        }
    }
}
