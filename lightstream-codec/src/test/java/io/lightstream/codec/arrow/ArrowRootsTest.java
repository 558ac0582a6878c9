package io.lightstream.codec.arrow;

import static io.lightstream.codec.build.Columns.dictionary;
import static io.lightstream.codec.build.Columns.int64;
import static io.lightstream.codec.build.Columns.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.build.Columns;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.ipc.IpcStreamWriter;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Roots that a program fills, and roots over batches: values, memory, and that nothing is copied. */
class ArrowRootsTest {
    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingIsHeld() {
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
    }

    @Test
    void rootIsWrittenAsItIsEachTime() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (IntVector indices = new IntVector(
                        "city",
                        new org.apache.arrow.vector.types.pojo.FieldType(
                                true,
                                org.apache.arrow.vector.types.Types.MinorType.INT.getType(),
                                new DictionaryEncoding(3, false, null)),
                        memory.allocator());
                VarCharVector cities = new VarCharVector("city", memory.allocator());
                VectorSchemaRoot root = VectorSchemaRoot.of(indices)) {
            var dictionaries = new DictionaryProvider.MapDictionaryProvider(
                    new Dictionary(cities, new DictionaryEncoding(3, false, null)));
            setCities(cities, "Bern", "Thun");
            BatchWriter out;
            try (RecordBatch first = ArrowBatches.borrow(root, dictionaries)) {
                out = IpcStreamWriter.open(Channels.newChannel(bytes), first.schema(), IpcWriteOptions.defaults());
            }
            try (out) {
                setIndices(root, indices, 1, 0, null);
                out.write(root, dictionaries);
                setIndices(root, indices, 0, 0);
                out.write(root, dictionaries);
                // In place, which only a comparison with a copy finds out.
                setCities(cities, "Biel", "Chur");
                out.write(root, dictionaries);
            }
        }
        try (BatchReader in = IpcStreamReader.open(
                Channels.newChannel(new ByteArrayInputStream(bytes.toByteArray())),
                memory.allocator(),
                IpcReadOptions.defaults())) {
            checkNext(in, "Thun", "Bern", null);
            checkNext(in, "Bern", "Bern");
            checkNext(in, "Biel", "Biel");
            assertThat(in.next()).isFalse();
        }
    }

    private static void setCities(VarCharVector cities, String... names) {
        cities.reset();
        for (int i = 0; i < names.length; i++) {
            cities.setSafe(i, names[i].getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        cities.setValueCount(names.length);
    }

    private static void setIndices(VectorSchemaRoot root, IntVector vector, Integer... indices) {
        vector.reset();
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] == null) {
                vector.setNull(i);
            } else {
                vector.setSafe(i, indices[i]);
            }
        }
        root.setRowCount(indices.length);
    }

    private static void checkNext(BatchReader in, String... expected) throws IOException {
        assertThat(in.next()).isTrue();
        String[] found = new String[expected.length];
        for (int i = 0; i < found.length; i++) {
            found[i] =
                    in.batch().column(0).isNull(i) ? null : in.batch().column(0).getString(i);
        }
        assertThat(in.batch().rowCount()).isEqualTo(expected.length);
        assertThat(found).containsExactly(expected);
    }

    @Test
    void rootOverABatchCopiesNothingAndOutlivesIt() throws IOException {
        ArrowBatch arrow;
        try (RecordBatch batch = Columns.batch(
                memory.allocator(),
                int64("id", new long[] {5, 6, 7}),
                utf8("name", "a", null, "c"),
                dictionary(utf8("city", "Bern", "Bern", "Thun")))) {
            long before = memory.allocator().getAllocatedMemory();
            arrow = ArrowBatches.toRoot(batch, memory.allocator(), ArrowConversion.EXACT);
            assertThat(memory.allocator().getAllocatedMemory()).isEqualTo(before);
            assertThat(arrow.root().getVector("id").getDataBufferAddress())
                    .isEqualTo(batch.column("id").data().address(1));
        }
        try (arrow) {
            BigIntVector ids = (BigIntVector) arrow.root().getVector("id");
            VarCharVector names = (VarCharVector) arrow.root().getVector("name");
            IntVector cities = (IntVector) arrow.root().getVector("city");
            assertThat(List.of(ids.get(0), ids.get(1), ids.get(2))).containsExactly(5L, 6L, 7L);
            assertThat(names.isNull(1)).isTrue();
            assertThat(names.getObject(2)).hasToString("c");
            long id = cities.getField().getDictionary().getId();
            VarCharVector values =
                    (VarCharVector) arrow.dictionaries().lookup(id).getVector();
            assertThat(values.getObject(cities.get(2))).hasToString("Thun");
        }
    }

    /** Columns of type null have as many rows as they say, without memory. */
    @Test
    void moreRowsThanAVectorCountsAreRefused() throws IOException {
        Field none = Field.of("n", new DataType.Null());
        Field list = Field.of("l", new DataType.LargeList(), none);
        long many = 1L << 31;
        Column nulls = Column.of(new ColumnData(none, many, many, 0, new long[0], List.of(), null, BatchMemory.none()));
        assertTooManyRows(
                nulls, "rows of batch as a vector of Arrow Java: expected at most 2147483647, found 2147483648");
        try (ArrowBuf offsets = memory.allocator().buffer(2L * Long.BYTES)) {
            offsets.setLong(0, 0);
            offsets.setLong(Long.BYTES, many);
            long[] buffers = {0, 0, offsets.memoryAddress(), 2L * Long.BYTES};
            Column lists = Column.of(new ColumnData(list, 1, 0, 0, buffers, List.of(nulls), null, BatchMemory.none()));
            assertTooManyRows(
                    lists,
                    "rows of column 'l' as a vector of Arrow Java: expected at most 2147483647, found 2147483648");
        }
    }

    private void assertTooManyRows(Column column, String message) {
        Schema schema = Schema.of(column.field());
        try (RecordBatch batch = RecordBatch.of(schema, column.length(), List.of(column), BatchMemory.none())) {
            assertThatThrownBy(() -> ArrowBatches.toRoot(batch, memory.allocator(), ArrowConversion.EXACT))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessage(message);
        }
    }

    @Test
    void narrowDecimalsAreRefusedOrWidened() throws IOException {
        Field field = Field.of("amount", new DataType.Decimal(9, 2, 32));
        List<BigDecimal> amounts = Arrays.asList(new BigDecimal("-12.34"), null, new BigDecimal("1234567.89"));
        try (RecordBatch batch = Columns.batch(memory.allocator(), Columns.of(field, amounts))) {
            assertThatThrownBy(() -> ArrowBatches.toRoot(batch, memory.allocator(), ArrowConversion.EXACT))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining("column 'amount'")
                    .hasMessageContaining("decimal32(9, 2)");
            try (ArrowBatch arrow = ArrowBatches.toRoot(batch, memory.allocator(), ArrowConversion.WIDEN)) {
                DecimalVector vector = (DecimalVector) arrow.root().getVector(0);
                for (int i = 0; i < amounts.size(); i++) {
                    assertThat(vector.getObject(i)).isEqualTo(amounts.get(i));
                }
            }
        }
    }
}
