package io.lightstream.codec;

import static io.lightstream.codec.build.Columns.bool;
import static io.lightstream.codec.build.Columns.int32;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.build.ColumnValues;
import io.lightstream.codec.internal.concat.ColumnConcatenation;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A producer may count no nulls beside a bitmap that has some: then the count holds, whoever asks. */
class NullCountsTest {
    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingLeaks() {
        memory.close();
    }

    /** Gives the column of the values with the null count that is given; the bitmap is as the values ask for. */
    private void withCount(long nullCount, ColumnValues values, Consumer<Column> check) {
        try (RecordBatch batch = RecordBatch.of(memory, values)) {
            ColumnData data = batch.column(0).data();
            long[] buffers = LongStream.range(0, data.bufferCount())
                    .flatMap(i -> LongStream.of(data.address((int) i), data.length((int) i)))
                    .toArray();
            assertThat(data.length(0)).as("bytes of the bitmap").isPositive();
            check.accept(Column.of(new ColumnData(
                    data.field(), data.length(), nullCount, 0, buffers, List.of(), null, data.memory())));
        }
    }

    @Test
    void wordsAndRowsAgree() {
        withCount(0, int32("n", 1, null, 3), column -> {
            assertThat(column.nullCount()).isZero();
            assertThat(column.isNull(1)).isFalse();
            assertThat(column.validityWord(0)).isEqualTo(0b111);
            assertThat(column.slice(1, 2).validityWord(0)).isEqualTo(0b11);
            assertThat(column.slice(1, 2).nullCount()).isZero();
        });
        withCount(-1, int32("n", 1, null, 3), column -> {
            assertThat(column.validityWord(0)).isEqualTo(0b101);
            assertThat(column.isNull(1)).isTrue();
            assertThat(column.nullCount()).isEqualTo(1);
            assertThat(column.validityWord(0)).isEqualTo(0b101);
        });
    }

    @Test
    void aColumnOfNullsHasNothingElseWhateverWasCounted() {
        for (long counted : new long[] {0, -1, 70}) {
            Column column = Column.of(new ColumnData(
                    Field.of("n", new DataType.Null()),
                    70,
                    counted,
                    0,
                    new long[0],
                    List.of(),
                    null,
                    BatchMemory.none()));
            assertThat(column.nullCount()).isEqualTo(70);
            assertThat(column.isNull(69)).isTrue();
            assertThat(column.validityWord(0)).isZero();
            assertThat(column.validityWord(1)).isZero();
            assertThat(column.slice(3, 4).nullCount()).isEqualTo(4);
        }
    }

    @Test
    void concatenatedColumnsKeepTheirCounts() {
        withCount(
                0,
                int32("n", 1, null),
                none -> withCount(1, int32("n", 3, null), one -> {
                    Column joined = ColumnConcatenation.concatenate(List.of(none, one), memory.allocator());
                    assertThat(joined.nullCount()).isEqualTo(1);
                    assertThat(joined.validityWord(0)).isEqualTo(0b0111);
                    assertThat(joined.isNull(1)).isFalse();
                    joined.data().memory().release();
                    Column valid = ColumnConcatenation.concatenate(List.of(none, none), memory.allocator());
                    assertThat(valid.data().length(0)).as("bytes of the bitmap").isZero();
                    valid.data().memory().release();
                }));
    }

    @Test
    void booleansAreNoBitmapOfNulls() {
        withCount(0, bool("b", true, false, null), column -> {
            Column joined = ColumnConcatenation.concatenate(List.of(column, column), memory.allocator());
            assertThat(joined.valueWord(0) & 0b011011).isEqualTo(0b001001);
            assertThat(joined.nullCount()).isZero();
            joined.data().memory().release();
        });
    }
}
