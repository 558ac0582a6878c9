package io.lightstream.formats.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.Column;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.compare.ReaderComparison;
import io.lightstream.codec.ipc.EveryValue;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonReaderTest {
    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingStaysAllocated() {
        memory.close();
    }

    static String uncommon() throws IOException {
        try (InputStream resource = Objects.requireNonNull(JsonReaderTest.class.getResourceAsStream("uncommon.json"))) {
            return new String(resource.readAllBytes(), UTF_8);
        }
    }

    private JsonBatchReader open(String json) throws IOException {
        return JsonFormat.open(new ByteArrayInputStream(json.getBytes(UTF_8)), "text", memory.allocator());
    }

    @Test
    void readsTypesAndSpellingsThatAreUncommon() throws IOException {
        try (JsonBatchReader reader = open(uncommon())) {
            assertThat(reader.next()).isTrue();
            RecordBatch batch = reader.batch();
            assertThat(batch.aligned()).isTrue();
            assertThat(texts(batch.column("half"))).containsExactly("-0.0", "65504.0", "NaN");
            assertThat(texts(batch.column("single"))).containsExactly("3.4028235E38", "Infinity", "null");
            assertThat(texts(batch.column("double"))).containsExactly("4.9E-324", "-Infinity", "0.1");
            assertThat(texts(batch.column("decimal32"))).containsExactly("-9999999.99", "0.12", "null");
            assertThat(batch.column("decimal256").getDecimal(0)).isEqualByComparingTo("-1000");
            assertThat(batch.column("decimal256").getDecimal(1)).isEqualByComparingTo("9".repeat(76) + "000");
            assertThat(texts(batch.column("uint64"))).containsExactly("18446744073709551615", "0", "1");
            assertThat(batch.column("interval").isNull(0)).isTrue();
            assertThat(batch.column("interval").getBytes(1))
                    .startsWith(0xFF, 0xFF, 0xFF, 0xFF, 2, 0, 0, 0)
                    .endsWith(0xFF, 0xFF, 0xFF);
            assertThat(texts(batch.column("view"))).containsExactly("é!", "abcdefghi0abc", "null");
            assertThat(texts(batch.column("map"))).containsExactly("{x: -128}", "null", "{y: null, z: 127}");
            assertThat(texts(batch.column("runs"))).containsExactly("bé", "bé", "null");
            assertThat(batch.column("lists").listLength(2)).isEqualTo(2);
            assertThat(batch.column("lists")
                            .child(0)
                            .getLong(batch.column("lists").listStart(0)))
                    .isEqualTo(86_400_000);
            assertThat(reader.schema().field(10).extensionName()).contains("thing");
            assertThat(reader.schema().field(10).metadata()).containsEntry("", "é\0");
            assertThat(reader.next()).isFalse();
        }
    }

    private static String[] texts(Column column) {
        String[] texts = new String[Math.toIntExact(column.length())];
        Arrays.setAll(texts, column::text);
        return texts;
    }

    @Test
    void readsBatchesThatStandBeforeTheirDictionaries() throws IOException {
        String json = uncommon();
        int dictionaries = json.indexOf("\"dictionaries\"");
        int batches = json.indexOf("\"batches\"");
        int end = json.lastIndexOf('}');
        String turned = json.substring(0, dictionaries)
                + json.substring(batches, end)
                + ",\"other\": {\"a\": [1]},"
                + json.substring(dictionaries, batches).strip().replaceAll(",$", "")
                + "}";
        try (JsonBatchReader expected = open(json);
                JsonBatchReader found = open(turned)) {
            assertThat(ReaderComparison.compare(expected, found)).isEmpty();
        }
    }

    @Test
    void lendsABatchUntilTheNextStep() throws IOException {
        try (JsonBatchReader reader = open(uncommon())) {
            assertThatIllegalStateException().isThrownBy(reader::batch);
            assertThat(reader.next()).isTrue();
            RecordBatch batch = reader.batch();
            assertThat(reader.next()).isFalse();
            assertThat(batch.isClosed()).isTrue();
            assertThat(reader.next()).isFalse();
            reader.close();
            assertThatIllegalStateException().isThrownBy(reader::next);
        }
    }

    @Test
    void everyBeginningOfATextIsTruncated() throws IOException {
        byte[] json = uncommon().strip().getBytes(UTF_8);
        for (int length = 0; length < json.length; length++) {
            byte[] cut = Arrays.copyOf(json, length);
            assertThatThrownBy(() -> {
                        try (JsonBatchReader reader =
                                JsonFormat.open(new ByteArrayInputStream(cut), "cut", memory.allocator())) {
                            EveryValue.of(reader);
                        }
                    })
                    .isInstanceOf(MalformedStreamException.class)
                    .hasMessageStartingWith("[cut @");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "count": 3, "VALIDITY": [1, 1, 1], "DATA": [-0.0 | "count": 4, "VALIDITY": [1, 1, 1], "DATA": [-0.0 | VALIDITY of column 'half' (line 32, column 85): expected 4, found 3
            [-0.0, 65504, NaN] | [-0.0, 65504] | DATA of column 'half' (line 32, column 80): expected 3, found 2
            [-0.0, 65504, NaN] | [-0.0, 65504, null] | value in DATA of column 'half' (line 32, column 81): expected a number, found null
            [-0.0, 65504, NaN] | [-0.0, 65504, "x"] | value in DATA of column 'half' (line 32, column 81): expected a number, found 'x'
            [-0.0, 65504, NaN] | {} | DATA (line 32, column 67): expected '[', found {
            "-999999999" | "-2147483649" | expected an integer of 32 bits, found -2147483649
            "-999999999" | "one" | expected a whole number, found 'one'
            "18446744073709551615" | "18446744073709551616" | expected a value of uint64, found 18446744073709551616
            "18446744073709551615" | "-1" | expected a value of uint64, found -1
            -128 | -129 | value in DATA of column 'value' (line 52, column 73): expected -128..127, found -129
            "OFFSET": [0, 1, 1, 3] | "OFFSET": [0, 1, 0, 3] | offset 2 of column 'map'
            "OFFSET": [0, 1, 1, 3] | "OFFSET": [0, 1, 1, 4] | offset 3 of column 'map'
            "DATA": ["2", "3"] | "DATA": ["2", "2"] | run end 1 of column 'runs'
            "DATA": ["2", "3"] | "DATA": ["1", "2"] | runs of column 'runs'
            "DATA": ["2", "1"] | "DATA": ["2", "3"] | index 1 of column 'values'
            "SIZE": ["1", "5", "2"] | "SIZE": ["2", "5", "2"] | list 0 of column 'lists'
            "PREFIX_HEX": "61626364" | "PREFIX_HEX": "61626365" | view 1 of column 'view'
            "BUFFER_INDEX": 1 | "BUFFER_INDEX": 2 | view 1 of column 'view'
            "INLINED": "é!" | "INLINED": "é" | expected a size and as many bytes, or where they lie
            "VARIADIC_DATA_BUFFERS": ["FF" | "VARIADIC_DATA_BUFFERS": ["FG" | expected two hexadecimal digits a byte
            "id": 7, "data" | "id": 8, "data" | expected dictionary 7, found no such dictionary
            "precision": "HALF" | "precision": "QUARTER" | precision
            "name": "utf8view" | "name": "utf9" | type
            "name": "largelistview" | "name": "utf8" | field 'lists'
            "nullable": true | "nullable": 1 | nullable
            "bitWidth": 8} | "bitWidth": 9} | type
            """)
    void saysWhatIsWrongAndWhere(String good, String bad, String message) throws IOException {
        String json = uncommon();
        assertThat(json).contains(good);
        int at = json.indexOf(good);
        String wrong = json.substring(0, at) + bad + json.substring(at + good.length());
        assertThatThrownBy(() -> {
                    try (JsonBatchReader reader = open(wrong)) {
                        EveryValue.of(reader);
                    }
                })
                .isInstanceOf(LightstreamException.class)
                .hasMessageContaining(message);
    }

    @Test
    void keepsWithinLimits() {
        ReadLimits few = ReadLimits.defaults().withMaxRows(2);
        assertThatThrownBy(() -> readWithin(few)).isInstanceOf(LimitExceededException.class);
        assertThatThrownBy(() -> readWithin(ReadLimits.defaults().withMaxNesting(2)))
                .hasMessageContaining("maxNesting");
        assertThatThrownBy(() -> readWithin(ReadLimits.defaults().withMaxFields(5)))
                .hasMessageContaining("maxFields");
        assertThatThrownBy(() -> readWithin(ReadLimits.defaults().withMaxBodyBytes(20)))
                .hasMessageContaining("maxBodyBytes");
        assertThatThrownBy(() -> readWithin(ReadLimits.defaults().withMaxDictionaryBytes(10)))
                .hasMessageContaining("maxDictionaryBytes");
    }

    private void readWithin(ReadLimits limits) throws IOException {
        InputStream json = new ByteArrayInputStream(uncommon().getBytes(UTF_8));
        try (JsonBatchReader reader = JsonFormat.open(json, "text", memory.allocator(), limits)) {
            EveryValue.of(reader);
        }
    }

    @Test
    void errorsOfTheSourceStayWhatTheyAre() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }

            @Override
            public int read(byte[] target, int from, int count) throws IOException {
                return read();
            }
        };
        assertThatIOException()
                .isThrownBy(() -> JsonFormat.open(broken, "broken", memory.allocator()))
                .withMessage("the disk is gone")
                .isNotInstanceOf(LightstreamException.class);
    }
}
