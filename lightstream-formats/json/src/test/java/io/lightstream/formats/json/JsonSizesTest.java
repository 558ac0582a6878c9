package io.lightstream.formats.json;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Columns with more bytes or rows than a text or an offset of the JSON holds. The bytes are never there: none may be read. */
class JsonSizesTest {
    private static final long LARGE = (2L << 30) + 5;

    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingStaysAllocated() {
        memory.close();
    }

    private static ColumnData data(Field field, long rows, long[] buffers, Column... children) {
        return new ColumnData(field, rows, 0, 0, buffers, List.of(children), null, BatchMemory.none());
    }

    private static void assertRefused(Column column, String message) throws IOException {
        Schema schema = Schema.of(column.field());
        try (RecordBatch batch = RecordBatch.of(schema, column.length(), List.of(column), BatchMemory.none());
                BatchWriter writer = JsonFormat.create(new ByteArrayOutputStream(), schema)) {
            assertThatThrownBy(() -> writer.write(batch))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessage(message);
        }
    }

    @Test
    void dataBuffersOfViews() throws IOException {
        Field field = Field.of("v", new DataType.BinaryView());
        long[] buffers = {0, 0, 0, 0, 0, LARGE};
        assertRefused(
                Column.of(data(field, 0, buffers)),
                "data buffer 0 of column 'v' as a text of JSON: expected at most 1073741819 bytes, found " + LARGE);
    }

    @Test
    void longTextsAndBytes() throws IOException {
        for (DataType type : new DataType[] {new DataType.LargeUtf8(), new DataType.LargeBinary()}) {
            try (ArrowBuf offsets = memory.allocator().buffer(3L * Long.BYTES)) {
                offsets.setLong(0, 0);
                offsets.setLong(Long.BYTES, 0);
                offsets.setLong(2L * Long.BYTES, LARGE);
                long[] buffers = {0, 0, offsets.memoryAddress(), 3L * Long.BYTES, 0, LARGE};
                assertRefused(
                        Column.of(data(Field.of("t", type), 2, buffers)),
                        "row 1 of column 't' as a text of JSON: expected at most 1073741819 bytes, found " + LARGE);
            }
        }
    }

    @Test
    void wideValues() throws IOException {
        Field field = Field.of("w", new DataType.FixedSizeBinary(Integer.MAX_VALUE));
        assertRefused(
                Column.of(data(field, 1, new long[] {0, 0, 0, Integer.MAX_VALUE})),
                "values of column 'w' as a text of JSON: expected at most 1073741819 bytes, found 2147483647");
    }

    /** Versions of a dictionary are written as one. */
    @Test
    void offsetsThatTwoVersionsOutgrow() throws IOException {
        Field item = Field.of("item", new DataType.Null());
        Field field = Field.of("l", new DataType.ListType(), item);
        try (ArrowBuf offsets = memory.allocator().buffer(2L * Integer.BYTES);
                JsonGenerator out = new JsonFactory().createGenerator(new ByteArrayOutputStream());
                DictionaryVersions dictionaries = new DictionaryVersions()) {
            offsets.setInt(0, 0);
            offsets.setInt(Integer.BYTES, Integer.MAX_VALUE);
            long[] buffers = {0, 0, offsets.memoryAddress(), 2L * Integer.BYTES};
            Column items = Column.of(data(item, Integer.MAX_VALUE, new long[0]));
            Rows rows = new Rows(Column.of(data(field, 1, buffers, items)), 0, 1);
            ColumnWriter writer = new ColumnWriter(out, dictionaries);
            assertThatThrownBy(() -> writer.write("l", field, List.of(rows, rows)))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessage(
                            "versions of a dictionary as one: expected at most 2147483647 of int32, found 4294967294");
        }
    }
}
