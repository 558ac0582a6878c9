package io.lightstream.codec.build;

import static io.lightstream.codec.build.Columns.date32;
import static io.lightstream.codec.build.Columns.duration;
import static io.lightstream.codec.build.Columns.float32;
import static io.lightstream.codec.build.Columns.float64;
import static io.lightstream.codec.build.Columns.int32;
import static io.lightstream.codec.build.Columns.int64;
import static io.lightstream.codec.build.Columns.int8;
import static io.lightstream.codec.build.Columns.list;
import static io.lightstream.codec.build.Columns.localTimestamp;
import static io.lightstream.codec.build.Columns.struct;
import static io.lightstream.codec.build.Columns.timestamp;
import static io.lightstream.codec.build.Columns.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.ipc.IpcStreamWriter;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.TimeUnit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnsTest {
    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingLeaks() {
        memory.close();
    }

    /** Batches of one stream need one schema, whether there happens to be a null in one of them or not. */
    @Test
    void arraysAndObjectsMakeOneSchema() throws IOException {
        try (RecordBatch quick = RecordBatch.of(
                        memory,
                        int32("a", new int[] {1}),
                        int64("b", new long[] {1}),
                        float32("c", new float[] {1}),
                        float64("d", new double[] {1}),
                        date32("e", new int[] {1}),
                        timestamp("f", TimeUnit.SECOND, "UTC", new long[] {1}),
                        localTimestamp("g", TimeUnit.SECOND, new long[] {1}),
                        duration("h", TimeUnit.SECOND, new long[] {1}));
                RecordBatch withNulls = RecordBatch.of(
                        memory,
                        int32("a", 1, null),
                        int64("b", 1L, null),
                        float32("c", 1, null),
                        float64("d", 1, null),
                        date32("e", 1, null),
                        timestamp("f", TimeUnit.SECOND, "UTC", 1L, null),
                        localTimestamp("g", TimeUnit.SECOND, 1L, null),
                        duration("h", TimeUnit.SECOND, 1L, null));
                IpcStreamWriter writer = IpcStreamWriter.open(
                        Channels.newChannel(new ByteArrayOutputStream()), quick.schema(), IpcWriteOptions.defaults())) {
            assertThat(quick.schema()).isEqualTo(withNulls.schema());
            writer.write(quick);
            writer.write(withNulls);
            for (int i = 0; i < quick.columnCount(); i++) {
                assertThat(quick.column(i).text(0))
                        .isEqualTo(withNulls.column(i).text(0));
                assertThat(quick.column(i).data().length(0))
                        .as("bytes of the bitmap")
                        .isZero();
            }
        }
    }

    @Test
    void timesCountedInLongs() {
        long[] seconds = {0, 90};
        try (RecordBatch batch = RecordBatch.of(
                        memory,
                        localTimestamp("t", TimeUnit.SECOND, seconds),
                        duration("d", TimeUnit.SECOND, seconds));
                RecordBatch expected = RecordBatch.of(
                        memory,
                        localTimestamp(
                                "t",
                                TimeUnit.SECOND,
                                LocalDateTime.of(1970, 1, 1, 0, 0),
                                LocalDateTime.of(1970, 1, 1, 0, 1, 30)),
                        duration("d", TimeUnit.SECOND, Duration.ZERO, Duration.ofSeconds(90)))) {
            assertThat(batch).hasToString(expected.toString());
        }
    }

    static Stream<ThrowingCallable> nullArrays() {
        return Stream.of(
                () -> int32("v", (int[]) null),
                () -> int32("v", (Number[]) null),
                () -> int8("v", (Number[]) null),
                () -> int64("v", (long[]) null),
                () -> float32("v", (float[]) null),
                () -> float64("v", (double[]) null),
                () -> date32("v", (int[]) null),
                () -> duration("v", TimeUnit.SECOND, (long[]) null),
                () -> utf8("v", (String[]) null),
                () -> list("v", new DataType.Utf8(), (List<?>[]) null),
                () -> struct("v", List.of(), (Object[]) null),
                () -> Columns.of(Field.of("v", new DataType.Utf8()), null));
    }

    @ParameterizedTest
    @MethodSource("nullArrays")
    void noArrayAtAllIsRefusedWhereItIsGiven(ThrowingCallable factory) {
        assertThatIllegalArgumentException()
                .isThrownBy(factory)
                .withMessageStartingWith("values of column 'v': expected an array or list, found null");
    }

    @Test
    void aRowOfNoValuesAtAllIsRefused() {
        try (RecordBatch batch = RecordBatch.of(memory, utf8("v", (String) null));
                BatchBuilder builder = BatchBuilder.create(batch.schema(), memory)) {
            assertThat(batch.column(0).isNull(0)).isTrue();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.appendRow((Object[]) null))
                    .withMessageStartingWith("values of a row: expected an array of 1, found null");
            builder.appendRow((Object) null);
            assertThat(builder.rowCount()).isEqualTo(1);
        }
    }

    @Test
    void aKeyThatIsNoChildIsRefused() {
        List<Field> children = List.of(Field.of("bid", new DataType.Utf8()), Field.of("ask", new DataType.Utf8()));
        Field quote = Field.of("quote", new DataType.Struct(), children.toArray(Field[]::new));
        try (RecordBatch batch = RecordBatch.of(memory, struct("quote", children, Map.of("ask", "x")));
                BatchBuilder builder = BatchBuilder.create(batch.schema(), memory)) {
            assertThat(batch.schema().field(0)).isEqualTo(quote);
            assertThat(batch.column(0).text(0)).isEqualTo("{bid: null, ask: x}");
            builder.appendRow(Map.of("bid", "a", "ask", "b"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.appendRow(Map.of("bid", "a", "aks", "b")))
                    .withMessage("value of column 'quote': expected keys of [bid, ask], found aks");
            assertThatIllegalArgumentException().isThrownBy(() -> builder.appendRow(Map.of(1, "a")));
            assertThat(builder.rowCount()).isEqualTo(1);
        }
    }
}
