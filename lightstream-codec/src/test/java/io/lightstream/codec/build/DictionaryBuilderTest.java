package io.lightstream.codec.build;

import static io.lightstream.codec.build.Columns.dictionary;
import static io.lightstream.codec.build.Columns.int64;
import static io.lightstream.codec.build.Columns.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DictionaryBuilderTest {
    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingLeaks() {
        memory.close();
    }

    private static Field field(String name, long id, int bits, boolean signed) {
        return Field.of(name, new DataType.Utf8())
                .withDictionary(new DictionaryEncoding(id, new DataType.Int(bits, signed), false));
    }

    private BatchBuilder builder(Field... fields) {
        return BatchBuilder.create(Schema.of(fields), memory);
    }

    @Test
    void storesEachValueOnce() {
        try (BatchBuilder builder = builder(field("d", 0, 32, true))) {
            DictionaryBuilder column = builder.dictionaries("d");
            for (int i = 0; i < 200_000; i++) {
                byte[] text = ("value " + i % 50_000).getBytes(UTF_8);
                column.append(text, 0, text.length);
            }
            try (RecordBatch batch = builder.finish()) {
                Column read = batch.column(0);
                assertThat(read.dictionary().orElseThrow().length()).isEqualTo(50_000);
                for (int i = 0; i < 200_000; i += 997) {
                    assertThat(read.getString(i)).isEqualTo("value " + i % 50_000);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"8,true,128", "8,false,256", "16,true,32768", "16,false,65536"})
    void tooManyValuesForTheIndexTypeAreAnErrorThatLosesNothing(int bits, boolean signed, int most) {
        try (BatchBuilder builder = builder(field("d", 0, bits, signed))) {
            DictionaryBuilder column = builder.dictionaries("d");
            for (int i = 0; i < most; i++) {
                column.append("v" + i);
            }
            assertThatExceptionOfType(ColumnOverflowException.class)
                    .isThrownBy(() -> column.append("one more"))
                    .withMessageStartingWith("column 'd': values of the dictionary: expected at most " + most
                            + " in one batch, found more");
            column.append("v0");
            try (RecordBatch batch = builder.finish()) {
                assertThat(batch.rowCount()).isEqualTo(most + 1);
                assertThat(batch.column(0).getString(most - 1)).isEqualTo("v" + (most - 1));
                assertThat(batch.column(0).getString(most)).isEqualTo("v0");
            }
        }
    }

    @Test
    void growsFromBatchToBatchWhileFinishedBatchesStayAsTheyAre() {
        try (BatchBuilder builder = builder(field("d", 0, 16, true))) {
            DictionaryBuilder column = builder.dictionaries("d");
            column.append("a");
            column.append("b");
            RecordBatch first = builder.finish();
            column.append("b");
            column.append("c");
            RecordBatch second = builder.finish();
            for (int i = 0; i < 1_000; i++) {
                column.append("more " + i);
            }
            RecordBatch third = builder.finish();
            builder.resetDictionaries();
            column.append("z");
            RecordBatch fourth = builder.finish();

            assertThat(first.column(0).dictionary().orElseThrow().length()).isEqualTo(2);
            assertThat(first.column(0).text(1)).isEqualTo("b");
            Column grown = second.column(0).dictionary().orElseThrow();
            assertThat(grown.length()).isEqualTo(3);
            assertThat(grown.data().address(2))
                    .isEqualTo(first.column(0).dictionary().orElseThrow().data().address(2));
            assertThat(second.column(0).text(1)).isEqualTo("c");
            assertThat(third.column(0).valueIndex(0)).isEqualTo(3);
            assertThat(third.column(0).text(999)).isEqualTo("more 999");
            assertThat(fourth.column(0).dictionary().orElseThrow().length()).isEqualTo(1);
            first.close();
            second.close();
            third.close();
            fourth.close();
        }
    }

    @Test
    void finishedBatchesMayMoveToAnotherAllocatorWhileTheDictionaryGrows() {
        try (BufferAllocator other = memory.newChild("other");
                BatchBuilder builder = builder(field("d", 0, 16, true))) {
            builder.appendRow("a");
            RecordBatch taken;
            try (RecordBatch batch = builder.finish()) {
                taken = batch.take(other);
            }
            builder.appendRow("b");
            builder.appendRow("a");
            try (taken;
                    RecordBatch batch = builder.finish()) {
                assertThat(taken.column(0).text(0)).isEqualTo("a");
                assertThat(batch.column(0).text(1)).isEqualTo("a");
            }
        }
    }

    @Test
    void columnsOfOneIdShareADictionary() {
        try (BatchBuilder builder = builder(field("x", 5, 8, true), field("y", 5, 32, true))) {
            builder.appendRow("a", "b");
            builder.appendRow("b", null);
            try (RecordBatch batch = builder.finish()) {
                assertThat(batch.column("y").valueIndex(0)).isEqualTo(1);
                assertThat(batch.column("x").valueIndex(1)).isEqualTo(1);
                assertThat(batch.column("x").dictionary().orElseThrow())
                        .isSameAs(batch.column("y").dictionary().orElseThrow());
            }
        }
        Field other = Field.of("z", new DataType.Bool())
                .withDictionary(new DictionaryEncoding(5, new DataType.Int(8, true), false));
        assertThatIllegalArgumentException().isThrownBy(() -> builder(field("x", 5, 8, true), other));
    }

    @Test
    void takesADictionaryMadeByTheCaller() {
        try (BatchBuilder builder = builder(field("d", 0, 8, false))) {
            DictionaryBuilder column = builder.dictionaries("d");
            column.values().appendValue("x");
            column.values().appendValue("y");
            column.appendIndex(1);
            column.append("x");
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> column.appendIndex(2));
            assertThatIllegalStateException().isThrownBy(builder::resetDictionaries);
            try (RecordBatch batch = builder.finish()) {
                assertThat(batch.column(0).text(0)).isEqualTo("y");
                assertThat(batch.column(0).valueIndex(1)).isZero();
            }
        }
    }

    @Test
    void oneLineColumnsGetDictionariesOfTheirOwn() {
        try (RecordBatch batch = RecordBatch.of(
                memory, dictionary(utf8("city", "Bern", null, "Bern")), dictionary(int64("code", new long[] {3, 4, 3
                })))) {
            assertThat(batch.schema()).hasToString("city: dictionary<int32, utf8>\ncode: dictionary<int32, int64>");
            assertThat(batch.schema().field(0).dictionary().orElseThrow().id())
                    .isNotEqualTo(
                            batch.schema().field(1).dictionary().orElseThrow().id());
            assertThat(batch.column("code").getLong(1)).isEqualTo(4);
            assertThat(batch.column("city").dictionary().orElseThrow().length()).isEqualTo(1);
        }
    }
}
