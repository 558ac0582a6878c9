package io.lightstream.codec;

import static io.lightstream.codec.build.Columns.dictionary;
import static io.lightstream.codec.build.Columns.float64;
import static io.lightstream.codec.build.Columns.int32;
import static io.lightstream.codec.build.Columns.list;
import static io.lightstream.codec.build.Columns.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.ipc.IpcStreamWriter;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecombinationTest {
    private static final DataType.Int INDEX = new DataType.Int(32, true);

    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingLeaks() {
        memory.close();
    }

    private RecordBatch trades(double... prices) {
        Double[] boxed = new Double[prices.length];
        String[] venues = new String[prices.length];
        List<?>[] lots = new List<?>[prices.length];
        for (int i = 0; i < prices.length; i++) {
            boxed[i] = prices[i];
            venues[i] = "venue " + prices[i];
            lots[i] = List.of(i, i + 1);
        }
        return RecordBatch.of(
                memory,
                float64("price", boxed),
                dictionary(utf8("venue", venues)),
                list("lots", new DataType.Int(32, true), lots));
    }

    /** Receive, add a computed column, forward: the received batch is gone before the other one is used. */
    @Test
    void aComputedColumnIsForwardedWithThoseReceived() throws IOException {
        byte[] received = stream(trades(1, 2), trades(3, 4, 5));
        List<RecordBatch> kept = new ArrayList<>();
        try (IpcStreamReader reader = open(received)) {
            while (reader.next()) {
                DoubleBuffer prices = reader.batch().column("price").doubles();
                Double[] totals = new Double[prices.limit()];
                for (int row = 0; row < totals.length; row++) {
                    totals[row] = prices.get(row) * 2;
                }
                try (RecordBatch computed = RecordBatch.of(memory, float64("total", totals))) {
                    kept.add(reader.batch().withColumns(computed.column(0)));
                }
            }
            byte[] forwarded = stream(kept.toArray(RecordBatch[]::new));
            try (IpcStreamReader again = open(forwarded)) {
                assertThat(again.schema().names()).containsExactly("price", "venue", "lots", "total");
                assertThat(again.next()).isTrue();
                assertThat(again.next()).isTrue();
                assertThat(again.batch().column("total").getDouble(2)).isEqualTo(10);
                assertThat(again.batch().column("venue").getString(2)).isEqualTo("venue 5.0");
                assertThat(again.batch().column("lots").text(2)).isEqualTo("[2, 3]");
            }
        }
    }

    private IpcStreamReader open(byte[] stream) throws IOException {
        return IpcStreamReader.open(
                Channels.newChannel(new ByteArrayInputStream(stream)), memory.allocator(), IpcReadOptions.defaults());
    }

    /** Writes and closes the batches. */
    private byte[] stream(RecordBatch... batches) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (IpcStreamWriter writer =
                IpcStreamWriter.open(Channels.newChannel(bytes), batches[0].schema(), IpcWriteOptions.defaults())) {
            for (RecordBatch batch : batches) {
                writer.write(batch);
                batch.close();
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void outlivesTheBatchesThatItsColumnsCameFrom() {
        RecordBatch first = trades(1, 2, 3);
        RecordBatch second = RecordBatch.of(memory, int32("id", 7, 8, 9));
        Schema schema = new Schema(
                List.of(
                        second.column("id").field(),
                        first.column("venue").field(),
                        first.column("lots").field()),
                Map.of("key", "value"));
        RecordBatch both =
                RecordBatch.of(schema, List.of(second.column("id"), first.column("venue"), first.column("lots")));
        try (both;
                RecordBatch expected = RecordBatch.of(
                        memory,
                        int32("id", 7, 8, 9),
                        dictionary(utf8("venue", "venue 1.0", "venue 2.0", "venue 3.0")),
                        list("lots", INDEX, List.of(0, 1), List.of(1, 2), List.of(2, 3)))) {
            first.close();
            second.close();
            assertThat(both.schema()).isEqualTo(schema);
            for (int i = 0; i < 3; i++) {
                assertThat(BatchComparison.compare(expected.column(i), both.column(i)))
                        .isEmpty();
            }
            try (LightstreamMemory other = LightstreamMemory.create();
                    RecordBatch taken = both.take(other.allocator());
                    RecordBatch slice = taken.slice(1, 1)) {
                assertThat(slice.column("venue").getString(0)).isEqualTo("venue 2.0");
            }
        }
        assertThatIllegalStateException().isThrownBy(() -> both.column(0));
    }

    @Test
    void aColumnOfTheSameNameIsReplaced() {
        try (RecordBatch batch = RecordBatch.of(memory, int32("a", 1, 2), int32("b", 3, 4));
                RecordBatch named = batch.withMetadata(Map.of("k", "v"));
                RecordBatch texts = RecordBatch.of(memory, utf8("a", "x", "y"), utf8("c", "p", "q"));
                RecordBatch replaced = named.withColumns(texts.column("a"), texts.column("c"))) {
            assertThat(replaced.schema()).hasToString("a: utf8\nb: int32\nc: utf8");
            assertThat(replaced.column("a").getString(1)).isEqualTo("y");
            assertThat(replaced.metadata()).containsEntry("k", "v");
            try (RecordBatch chosen = replaced.select("c", "b")) {
                assertThat(chosen.schema().names()).containsExactly("c", "b");
                assertThat(chosen.column(1).getInt(0)).isEqualTo(3);
            }
            assertThatIllegalArgumentException().isThrownBy(() -> replaced.select("nobody"));
        }
    }

    @Test
    void fieldsMayHaveOtherNamesAndNumbersOfDictionaries() throws IOException {
        try (RecordBatch cities = RecordBatch.of(memory, dictionary(utf8("name", "Bern", "Basel")));
                RecordBatch names = RecordBatch.of(memory, dictionary(utf8("name", "Ada", "Bob")))) {
            Field city = cities.column(0).field();
            Schema schema = Schema.of(
                    city.withName("city"),
                    names.column(0).field().withDictionary(new DictionaryEncoding(1, INDEX, false)));
            RecordBatch both = RecordBatch.of(schema, List.of(cities.column(0), names.column(0)));
            try (IpcStreamReader reader = open(stream(both))) {
                assertThat(reader.next()).isTrue();
                assertThat(reader.batch().column("city").getString(1)).isEqualTo("Basel");
                assertThat(reader.batch().column("name").getString(1)).isEqualTo("Bob");
            }
            // With one number for both a writer says so, instead of mixing them up.
            try (RecordBatch mixed =
                    RecordBatch.of(Schema.of(city, city), List.of(cities.column(0), names.column(0)))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> stream(mixed))
                        .withMessage("columns with dictionary id 0 have different dictionaries");
            }
        }
    }

    @Test
    void whatDoesNotSuitIsRefusedAndNothingIsKept() {
        RecordBatch closed = RecordBatch.of(memory, int32("a", 1, 2));
        Column gone = closed.column(0);
        closed.close();
        try (RecordBatch batch = RecordBatch.of(memory, int32("a", 1, null), int32("b", 1, 2));
                RecordBatch longer = RecordBatch.of(memory, int32("c", 1, 2, 3))) {
            Column column = batch.column(0);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> batch.withColumns(longer.column(0)))
                    .withMessage("rows of column 'c': expected 2, found 3");
            assertThatIllegalStateException().isThrownBy(() -> batch.withColumns(gone));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RecordBatch.of(batch.schema(), List.of(column)))
                    .withMessage("columns: expected 2 as in the schema, found 1");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RecordBatch.of(Schema.of(Field.of("a", new DataType.Utf8())), List.of(column)))
                    .withMessage("column 'a': expected one for the field 'a: utf8' of the schema, found 'a: int32'");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RecordBatch.of(Schema.of(Field.required("a", INDEX)), List.of(column)))
                    .withMessage(
                            "nulls of column 'a': expected 0 for the field 'a: int32 not null' of the schema, found 1");
            try (RecordBatch twice = batch.select(0, 0)) {
                assertThatIllegalArgumentException().isThrownBy(() -> twice.withColumns(column));
            }
        }
        try (RecordBatch none = RecordBatch.of(Schema.of(), List.of())) {
            assertThat(none.rowCount()).isZero();
        }
    }
}
