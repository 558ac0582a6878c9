package io.lightstream.codec;

import static io.lightstream.codec.build.Columns.bool;
import static io.lightstream.codec.build.Columns.float64;
import static io.lightstream.codec.build.Columns.int32;
import static io.lightstream.codec.build.Columns.int64;
import static io.lightstream.codec.build.Columns.list;
import static io.lightstream.codec.build.Columns.struct;
import static io.lightstream.codec.build.Columns.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.lightstream.codec.build.ColumnValues;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ColumnTest {
    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingLeaks() {
        memory.close();
    }

    private void with(ColumnValues values, Consumer<Column> check) {
        try (RecordBatch batch = RecordBatch.of(memory, values)) {
            check.accept(batch.column(0));
        }
    }

    @Test
    void bulkViewsOfASliceBeginAtItsFirstRow() {
        with(int64("n", LongStream.range(0, 100).toArray()), column -> {
            Column slice = column.slice(10, 50).slice(5, 20);
            assertThat(slice.longs().get(0)).isEqualTo(15);
            assertThat(slice.longs().remaining()).isEqualTo(20);
            assertThat(slice.longs(3, 2).get(1)).isEqualTo(19);
            long[] copied = new long[4];
            slice.copyTo(1, copied, 1, 3);
            assertThat(copied).containsExactly(0, 16, 17, 18);
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> slice.longs(19, 2));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> slice.getLong(20));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> slice.slice(10, 11));
        });
        with(utf8("t", "a", "bb", "ccc"), column -> {
            assertThat(column.slice(1, 2).offsets().get(0)).isEqualTo(1);
            assertThat(column.slice(1, 2).offsets().get(2)).isEqualTo(6);
        });
        with(
                float64("d", new double[] {1, 2, 3}),
                column -> assertThat(column.slice(1, 2).doubles().get(1)).isEqualTo(3));
    }

    @Test
    void validityWordsOfASliceBeginAtItsFirstRow() {
        Integer[] values =
                IntStream.range(0, 200).mapToObj(i -> i % 3 == 0 ? null : i).toArray(Integer[]::new);
        with(int32("n", values), column -> {
            assertThat(column.nullCount()).isEqualTo(67);
            for (int from = 0; from < 70; from++) {
                Column slice = column.slice(from, 200 - from);
                long nulls = LongStream.range(0, slice.length())
                        .filter(slice::isNull)
                        .count();
                assertThat(slice.nullCount()).isEqualTo(nulls);
                for (int row = 0; row < slice.length(); row++) {
                    boolean valid = (slice.validityWord(row / 64) >>> row & 1) != 0;
                    assertThat(valid).isEqualTo((from + row) % 3 != 0);
                }
            }
        });
    }

    @Test
    void valueWordsOfASliceBeginAtItsFirstRow() {
        Boolean[] values = IntStream.range(0, 200)
                .mapToObj(i -> i % 11 == 0 ? null : i % 3 == 0)
                .toArray(Boolean[]::new);
        with(bool("b", values), column -> {
            for (int from = 0; from < 70; from++) {
                Column slice = column.slice(from, 200 - from);
                for (int row = 0; row < slice.length(); row++) {
                    boolean value = (slice.valueWord(row / 64) >>> row & 1) != 0;
                    assertThat(value).isEqualTo(slice.getBoolean(row));
                }
                long last = slice.valueWord((slice.length() - 1) / 64);
                assertThat(slice.length() % 64 == 0 || last >>> slice.length() == 0)
                        .isTrue();
            }
            assertThat(column.slice(70, 0).valueWord(0)).isZero();
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> column.valueWord(4));
        });
        with(int32("n", 1), column -> assertThatIllegalArgumentException().isThrownBy(() -> column.valueWord(0)));
    }

    @Test
    void childrenOfASliceBeginAtItsFirstRow() {
        List<Field> children = List.of(Field.of("a", new DataType.Int(32, true)));
        with(struct("s", children, List.of(1), null, List.of(3)), column -> {
            assertThat(column.slice(1, 2).child("a").getInt(1)).isEqualTo(3);
            assertThat(column.slice(1, 2).child("a").isNull(0)).isTrue();
            assertThatIllegalArgumentException().isThrownBy(() -> column.child("b"));
        });
        Field twin = children.get(0);
        with(struct("s", List.of(twin, twin), List.of(1, 2)), column -> {
            assertThat(column.child(1).getInt(0)).isEqualTo(2);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> column.child("a"))
                    .withMessage("several children of column 's' are called 'a': use the index");
        });
        with(list("l", new DataType.Int(32, true), List.of(1), List.of(2, 3)), column -> {
            Column slice = column.slice(1, 1);
            assertThat(slice.listStart(0)).isEqualTo(1);
            assertThat(slice.child(0).getInt(slice.listStart(0) + 1)).isEqualTo(3);
        });
    }

    @Test
    void gettersThatDoNotFitSaySo() {
        with(utf8("t", "a", null), column -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> column.getLong(0))
                    .withMessage("column 't' is utf8, not a long");
            assertThatIllegalArgumentException().isThrownBy(column::longs);
            assertThatIllegalArgumentException().isThrownBy(() -> column.listStart(0));
            assertThatIllegalStateException()
                    .isThrownBy(() -> column.getString(1))
                    .withMessage("row 1 of column 't' is null: ask isNull first");
        });
        with(int64("n", new long[] {1}), column -> {
            assertThatIllegalArgumentException().isThrownBy(column::doubles);
            assertThatIllegalArgumentException().isThrownBy(column::ints);
            assertThatIllegalArgumentException().isThrownBy(column::offsets);
            assertThatIllegalArgumentException().isThrownBy(() -> column.getInt(0));
        });
    }

    @Test
    void afterCloseNothingIsRead() {
        RecordBatch batch = RecordBatch.of(memory, int64("n", new long[] {1}), utf8("t", "a"));
        Column numbers = batch.column(0);
        Column text = batch.column(1);
        RecordBatch slice = batch.slice(0, 1);
        batch.close();
        assertThat(numbers.getLong(0)).isEqualTo(1);
        slice.close();
        assertThatIllegalStateException().isThrownBy(() -> numbers.getLong(0));
        assertThatIllegalStateException().isThrownBy(numbers::longs);
        assertThatIllegalStateException().isThrownBy(() -> text.getString(0));
        assertThatIllegalStateException().isThrownBy(text::offsets);
        assertThatIllegalStateException().isThrownBy(() -> batch.column(0));
    }

    @Test
    void anEmptyColumnMayLackItsOffsets() {
        ColumnData data = new ColumnData(
                Field.of("t", new DataType.Utf8()), 0, 0, 0, new long[6], List.of(), null, BatchMemory.none());
        assertThat(Column.of(data).offsets().get(0)).isZero();
    }
}
