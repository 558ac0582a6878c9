package io.lightstream.codec.arrow;

import static io.lightstream.codec.build.Columns.dictionary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.Columns;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.ipc.Ipc;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Dictionaries that columns share, and such as there is no memory for at first. */
class ArrowDictionariesTest {
    private static final int MANY = 1000;

    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingIsHeld() {
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
    }

    @Test
    void vectorsOfOtherNamesShareADictionary() throws IOException {
        var encoding = new org.apache.arrow.vector.types.pojo.DictionaryEncoding(1, false, null);
        FieldType indexType = new FieldType(true, MinorType.INT.getType(), encoding);
        try (IntVector from = new IntVector("from", indexType, memory.allocator());
                IntVector to = new IntVector("to", indexType, memory.allocator());
                VarCharVector cities = new VarCharVector("city", memory.allocator());
                VectorSchemaRoot root = VectorSchemaRoot.of(from, to)) {
            cities.setSafe(0, "Bern".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            cities.setSafe(1, "Thun".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            cities.setValueCount(2);
            from.setSafe(0, 0);
            to.setSafe(0, 1);
            root.setRowCount(1);
            var provider = new DictionaryProvider.MapDictionaryProvider(new Dictionary(cities, encoding));
            try (RecordBatch batch = ArrowBatches.borrow(root, provider);
                    ArrowBatch arrow = ArrowBatches.toRoot(batch, memory.allocator(), ArrowConversion.EXACT);
                    RecordBatch back = ArrowBatches.borrow(arrow.root(), arrow.dictionaries())) {
                assertThat(batch.column("from").dictionary().orElseThrow())
                        .isSameAs(batch.column("to").dictionary().orElseThrow());
                assertThat(back.column("from").getString(0)).isEqualTo("Bern");
                assertThat(back.column("to").getString(0)).isEqualTo("Thun");
                assertThat(BatchComparison.compare(batch, back)).isEmpty();
            }
        }
    }

    @Test
    void schemasWithoutDictionariesNeedNoProvider() throws IOException {
        Schema schema = Schema.of(Field.of("a", new DataType.Utf8()), Field.required("b", new DataType.Bool()));
        assertThat(ArrowSchemas.fromArrow(ArrowSchemas.toArrow(schema, ArrowConversion.EXACT)))
                .isEqualTo(schema);
        var encoding = new org.apache.arrow.vector.types.pojo.DictionaryEncoding(4, false, null);
        var field = new org.apache.arrow.vector.types.pojo.Field(
                "c", new FieldType(true, MinorType.INT.getType(), encoding), List.of());
        assertThatThrownBy(() -> ArrowSchemas.fromArrow(new org.apache.arrow.vector.types.pojo.Schema(List.of(field))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dictionary 4 of column 'c': not known to the provider");
    }

    /** As whoever puts the columns of two batches together has them. */
    @Test
    void equalDictionariesOfOtherNamesAreOne() throws IOException {
        DictionaryEncoding encoding = new DictionaryEncoding(7, new DataType.Int(32, true), false);
        Field from = Field.of("from", new DataType.Utf8()).withDictionary(encoding);
        Field to = from.withName("to");
        try (RecordBatch one = RecordBatch.of(memory, Columns.of(from, List.of("Bern", "Thun")));
                RecordBatch other = RecordBatch.of(memory, Columns.of(to, List.of("Bern", "Bern")));
                RecordBatch both = new RecordBatch(
                        Schema.of(from, to),
                        2,
                        Map.of(),
                        BatchMemory.none(),
                        new BatchMemory[0],
                        index -> (index == 0 ? one : other).column(0));
                ArrowBatch arrow = ArrowBatches.toRoot(both, memory.allocator(), ArrowConversion.EXACT);
                RecordBatch back = ArrowBatches.borrow(arrow.root(), arrow.dictionaries())) {
            assertThat(back.column("from").getString(1)).isEqualTo("Thun");
            assertThat(back.column("to").getString(1)).isEqualTo("Bern");
        }
    }

    /** Decimals of 32 bits are copied, which takes memory. The third batch has the dictionary of the second. */
    @Test
    void aDictionaryThatFoundNoMemoryIsLoadedTheNextTime() throws IOException {
        byte[] stream = decimals("1.00", "2.00", "2.00");
        try (BufferAllocator vectors = memory.allocator().newChildAllocator("vectors", 0, Long.MAX_VALUE);
                ArrowReader reader = ArrowBatches.reader(open(stream), vectors, ArrowConversion.WIDEN)) {
            assertThat(reader.loadNextBatch()).isTrue();
            assertThat(valueOfRow0(reader)).isEqualTo(new BigDecimal("1.00"));
            vectors.setLimit(vectors.getAllocatedMemory());
            assertThatThrownBy(reader::loadNextBatch).isInstanceOf(OutOfMemoryException.class);
            vectors.setLimit(Long.MAX_VALUE);
            for (int i = 0; i < 2; i++) {
                assertThat(reader.loadNextBatch()).isTrue();
                assertThat(reader.getVectorSchemaRoot().getRowCount()).isEqualTo(MANY);
                assertThat(valueOfRow0(reader)).isEqualTo(new BigDecimal("2.00"));
            }
            assertThat(reader.loadNextBatch()).isFalse();
        }
    }

    private static BigDecimal valueOfRow0(ArrowReader reader) throws IOException {
        IntVector indices = (IntVector) reader.getVectorSchemaRoot().getVector(0);
        long id = indices.getField().getDictionary().getId();
        return ((DecimalVector) reader.lookup(id).getVector()).getObject(indices.get(0));
    }

    /** A stream of batches of one value many times over, each with a dictionary that has it alone. */
    private byte[] decimals(String... values) {
        Field field = Field.of("amount", new DataType.Decimal(9, 2, 32));
        List<RecordBatch> batches = java.util.Arrays.stream(values)
                .map(value -> RecordBatch.of(
                        memory, dictionary(Columns.of(field, Collections.nCopies(MANY, new BigDecimal(value))))))
                .toList();
        byte[] stream = Ipc.stream(batches.get(0).schema(), IpcWriteOptions.defaults(), batches);
        batches.forEach(RecordBatch::close);
        return stream;
    }

    private BatchReader open(byte[] stream) throws IOException {
        return IpcStreamReader.open(
                Channels.newChannel(new ByteArrayInputStream(stream)), memory.allocator(), IpcReadOptions.defaults());
    }
}
