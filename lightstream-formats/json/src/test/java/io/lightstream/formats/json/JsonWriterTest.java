package io.lightstream.formats.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.InvalidValueException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.Validation;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.compare.ReaderComparison;
import io.lightstream.codec.ipc.Ipc;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.ipc.Patch;
import io.lightstream.codec.ipc.Tables;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingStaysAllocated() {
        memory.close();
    }

    private JsonBatchReader open(String json) throws IOException {
        return JsonFormat.open(new ByteArrayInputStream(json.getBytes(UTF_8)), "text", memory.allocator());
    }

    /** A list column whose elements are indices of 8 bits into a dictionary of these texts, one batch of one list. */
    private static String withDictionary(List<String> values, int... indices) {
        String ones = String.join(",", Collections.nCopies(values.size(), "1"));
        String texts = values.stream().map(value -> '"' + value + '"').collect(Collectors.joining(","));
        String numbers = Arrays.stream(indices).mapToObj(String::valueOf).collect(Collectors.joining(","));
        String valid = String.join(",", Collections.nCopies(indices.length, "1"));
        return """
                {"schema": {"fields": [{"name": "l", "type": {"name": "list"}, "nullable": true, "children": [
                  {"name": "i", "type": {"name": "utf8"}, "nullable": true, "children": [],
                   "dictionary": {"id": 3, "indexType": {"name": "int", "isSigned": true, "bitWidth": 8}, "isOrdered": false}}
                ]}]},
                "dictionaries": [{"id": 3, "data": {"count": %d, "columns": [
                  {"name": "DICT3", "count": %d, "VALIDITY": [%s], "OFFSET": [], "DATA": [%s]}]}}],
                "batches": [{"count": 1, "columns": [{"name": "l", "count": 1, "VALIDITY": [1], "OFFSET": [0, %d], "children": [
                  {"name": "i", "count": %d, "VALIDITY": [%s], "DATA": [%s]}]}]}]}
                """.formatted(values.size(), values.size(), ones, texts, indices.length, indices.length, valid, numbers);
    }

    private String joined(List<String> texts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonBatchReader first = open(texts.get(0));
                BatchWriter writer = JsonFormat.create(out, first.schema())) {
            for (String text : texts) {
                try (JsonBatchReader reader = open(text)) {
                    while (reader.next()) {
                        writer.write(reader.batch());
                    }
                }
            }
        }
        return out.toString(UTF_8);
    }

    private void assertSays(String joined, List<String> texts) throws IOException {
        try (JsonBatchReader found = open(joined)) {
            for (String text : texts) {
                try (JsonBatchReader expected = open(text)) {
                    assertThat(expected.next()).isTrue();
                    assertThat(found.next()).isTrue();
                    assertThat(BatchComparison.compare(expected.batch(), found.batch()))
                            .isEmpty();
                }
            }
            assertThat(found.next()).isFalse();
        }
    }

    @Test
    void writesWhatItWasGiven() throws IOException {
        String json = JsonReaderTest.uncommon();
        try (JsonBatchReader expected = open(json);
                JsonBatchReader found = open(joined(List.of(json)))) {
            assertThat(ReaderComparison.compare(expected, found)).isEmpty();
        }
    }

    /** Nulls are written as zeros; as long as there is none, a width is only a number. */
    @Test
    void aWidthAloneTakesNoMemory() throws IOException {
        Field field = Field.of("v", new DataType.FixedSizeBinary(Integer.MAX_VALUE));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BatchBuilder builder = BatchBuilder.create(Schema.of(field), memory);
                RecordBatch none = builder.finish();
                BatchWriter writer = JsonFormat.create(out, none.schema())) {
            writer.write(none);
        }
        assertThat(out.toString(UTF_8)).contains("\"byteWidth\":2147483647").contains("\"DATA\":[]");
    }

    /** An inner dictionary that nobody validated is compared with its own copy after the outer one was copied. */
    @Test
    void valuesThatNobodyValidatedLeaveNothingBehind() throws IOException {
        Field views = Field.of("item", new DataType.ListView(), Field.of("element", new DataType.Int(32, true)));
        Field inner = Tables.dictionary(views, 6, 8, true);
        Field outer = Tables.dictionary(Field.of("v", new DataType.ListType(), inner), 5, 8, true);
        byte[] stream;
        try (BatchBuilder builder = BatchBuilder.create(Schema.of(outer), memory)) {
            builder.appendRow(List.of(List.of(1, 2), List.of(3)));
            try (RecordBatch batch = builder.finish()) {
                stream = Ipc.stream(batch);
            }
        }
        Patch values = Patch.of(stream, 1);
        values.putInt(values.inBuffer(2, 0), 1000);
        IpcReadOptions options = IpcReadOptions.defaults().withValidation(Validation.STRUCTURE);
        ReadableByteChannel input = Channels.newChannel(new ByteArrayInputStream(stream));
        try (IpcStreamReader reader = IpcStreamReader.open(input, memory.allocator(), options);
                BatchWriter writer = JsonFormat.create(OutputStream.nullOutputStream(), reader.schema())) {
            assertThat(reader.next()).isTrue();
            assertThatThrownBy(() -> writer.write(reader.batch())).isInstanceOf(InvalidValueException.class);
        }
    }

    @Test
    void replacedDictionariesStandBehindEachOther() throws IOException {
        List<String> texts = List.of(
                withDictionary(List.of("a", "b"), 0, 1),
                withDictionary(List.of("c", "d"), 1, 0),
                withDictionary(List.of("a", "b"), 1));
        String joined = joined(texts);
        assertThat(joined).contains("\"DATA\":[\"a\",\"b\",\"c\",\"d\"]").contains("\"DATA\":[3,2]");
        assertSays(joined, texts);
    }

    @Test
    void grownDictionariesTakeThePlaceOfTheShorterOnes() throws IOException {
        List<String> texts = List.of(
                withDictionary(List.of("a"), 0),
                withDictionary(List.of("a", "b", "c"), 2, 1),
                withDictionary(List.of("a", "b"), 1));
        String joined = joined(texts);
        assertThat(joined).contains("\"DATA\":[\"a\",\"b\",\"c\"]");
        assertSays(joined, texts);
    }

    @Test
    void dictionariesThatTheIndexTypeCannotCountTogetherAreRefused() {
        List<String> numbers = java.util.stream.IntStream.range(0, 100)
                .mapToObj(String::valueOf)
                .toList();
        List<String> others = numbers.stream().map(number -> "x" + number).toList();
        assertThatThrownBy(() -> joined(List.of(withDictionary(numbers, 99), withDictionary(others, 99))))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("at most 128 values for indices of int8, found 200");
    }

    @Test
    void aSchemaWithDictionariesAndNoBatchIsComplete() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Schema schema;
        try (JsonBatchReader reader = open(withDictionary(List.of("a"), 0))) {
            schema = reader.schema();
            JsonFormat.create(out, schema).close();
        }
        try (JsonBatchReader empty = open(out.toString(UTF_8))) {
            assertThat(empty.schema()).isEqualTo(schema);
            assertThat(empty.next()).isFalse();
        }
    }

    @Test
    void otherSchemasAndClosedWritersAreRefused() throws IOException {
        try (JsonBatchReader reader = open(JsonReaderTest.uncommon())) {
            assertThat(reader.next()).isTrue();
            JsonBatchWriter writer = JsonFormat.create(new ByteArrayOutputStream(), Schema.of());
            assertThatIllegalArgumentException().isThrownBy(() -> writer.write(reader.batch()));
            writer.close();
            writer.close();
            assertThatIllegalStateException().isThrownBy(() -> writer.write(reader.batch()));
        }
    }
}
