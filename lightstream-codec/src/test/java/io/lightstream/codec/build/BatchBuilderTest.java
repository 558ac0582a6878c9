package io.lightstream.codec.build;

import static io.lightstream.codec.build.Columns.int32;
import static io.lightstream.codec.build.Columns.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.lightstream.codec.Alignment;
import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import io.lightstream.codec.schema.TimeUnit;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchBuilderTest {
    private static final Schema SCHEMA =
            Schema.of(Field.required("id", new DataType.Int(64, true)), Field.of("name", new DataType.Utf8()));

    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingLeaks() {
        memory.close();
    }

    /** Times that Java has and the type of the column has not. */
    @Test
    void timesOutOfRangeAreRefused() {
        Map<DataType, Object> cases = Map.of(
                new DataType.Date(DataType.DateUnit.MILLISECOND), LocalDate.MAX,
                new DataType.Interval(DataType.IntervalUnit.YEAR_MONTH), Period.ofYears(Integer.MAX_VALUE),
                new DataType.Interval(DataType.IntervalUnit.MONTH_DAY_NANO), Duration.ofSeconds(Long.MIN_VALUE),
                new DataType.Interval(DataType.IntervalUnit.DAY_TIME), Duration.ofSeconds(Long.MAX_VALUE),
                new DataType.Duration(TimeUnit.NANOSECOND), Duration.ofSeconds(Long.MAX_VALUE));
        cases.forEach((type, value) -> {
            try (BatchBuilder builder = BatchBuilder.create(Schema.of(Field.of("t", type)), memory.allocator())) {
                assertThatIllegalArgumentException()
                        .as("%s", type)
                        .isThrownBy(() -> builder.column(0).appendValue(value))
                        .withMessageStartingWith("value of column 't': expected one for " + type + ", found ");
            }
        });
    }

    @Test
    void buildsBatchAfterBatchWithTheSameColumnBuilders() {
        try (BatchBuilder builder = BatchBuilder.create(SCHEMA, memory)) {
            LongBuilder ids = builder.longs("id");
            BytesBuilder names = builder.bytes("name");
            List<RecordBatch> batches = new ArrayList<>();
            for (int batch = 0; batch < 3; batch++) {
                for (int row = 0; row < 20_000; row++) {
                    ids.append(batch * 100_000L + row);
                    names.append("name " + batch + "/" + row);
                }
                batches.add(builder.finish());
            }
            for (int batch = 0; batch < 3; batch++) {
                RecordBatch finished = batches.get(batch);
                assertThat(finished.rowCount()).isEqualTo(20_000);
                assertThat(finished.column("id").getLong(19_999)).isEqualTo(batch * 100_000L + 19_999);
                assertThat(finished.column("name").getString(12_345)).isEqualTo("name " + batch + "/12345");
                finished.close();
            }
        }
    }

    @Test
    void rowsThatDifferAreAnErrorThatNamesTheColumnAndLosesNothing() {
        try (BatchBuilder builder = BatchBuilder.create(SCHEMA, memory)) {
            builder.longs("id").append(1);
            assertThatIllegalStateException()
                    .isThrownBy(builder::finish)
                    .withMessage("rows of column 'name': expected 1 as in column 'id', found 0");
            builder.bytes("name").append("a");
            try (RecordBatch batch = builder.finish()) {
                assertThat(batch.column("name").getString(0)).isEqualTo("a");
            }
        }
    }

    @Test
    void aRowThatFailsIsTakenBackFromAllColumns() {
        try (BatchBuilder builder = BatchBuilder.create(SCHEMA, memory)) {
            builder.appendRow(1, "a");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.appendRow(2, 2.5))
                    .withMessage("value of column 'name': expected one for utf8, found Double 2.5");
            assertThatIllegalArgumentException().isThrownBy(() -> builder.appendRow(2));
            builder.appendRow(3, null);
            try (RecordBatch batch = builder.finish()) {
                assertThat(batch.column("id").longs().get(1)).isEqualTo(3);
                assertThat(batch.rowCount()).isEqualTo(2);
            }
        }
    }

    /** What {@link ColumnOverflowException} advises: the row is taken back, the batch finished, the row appended to the next. */
    @Test
    void aRowThatOverflowsGoesToTheNextBatch() {
        Field runs = Field.of(
                "runs",
                new DataType.RunEndEncoded(),
                Field.required("run_ends", new DataType.Int(16, true)),
                Field.of("values", new DataType.Int(32, true)));
        Schema schema = Schema.of(Field.required("id", new DataType.Int(32, true)), runs);
        try (BatchBuilder builder = BatchBuilder.create(schema, memory)) {
            List<Long> rows = new ArrayList<>();
            IntBuilder ids = builder.ints("id");
            RunEndBuilder column = builder.column("runs").as(RunEndBuilder.class);
            for (int id = 0; id < 40_000; id++) {
                long row = builder.rowCount();
                try {
                    append(ids, column, id);
                } catch (ColumnOverflowException e) {
                    assertThat(ids.length()).isEqualTo(row + 1);
                    builder.truncate(row);
                    rows.add(finish(builder, id - 1));
                    append(ids, column, id);
                }
            }
            rows.add(finish(builder, 39_999));
            assertThat(rows).containsExactly(32_767L, 40_000L - 32_767);
        }
    }

    private static void append(IntBuilder ids, RunEndBuilder runs, int id) {
        ids.append(id);
        runs.values().as(IntBuilder.class).append(id / 1000);
        runs.endValue();
    }

    private static long finish(BatchBuilder builder, int lastId) {
        try (RecordBatch batch = builder.finish()) {
            long last = batch.rowCount() - 1;
            assertThat(batch.column("id").getInt(last)).isEqualTo(lastId);
            assertThat(batch.column("runs").getInt(last)).isEqualTo(lastId / 1000);
            return batch.rowCount();
        }
    }

    @Test
    void truncatingTakesBackWhatWasBegun() {
        Field number = Field.of("a", new DataType.Int(32, true));
        Field text = Field.of("b", new DataType.Utf8());
        Schema schema = Schema.of(
                Field.of("u", new DataType.Union(DataType.UnionMode.DENSE, List.of(0, 1)), number, text),
                Field.of("v", new DataType.Union(DataType.UnionMode.SPARSE, List.of(0, 1)), number, text),
                Field.of("s", new DataType.Struct(), number, text),
                Field.of("l", new DataType.ListType(), Field.of("item", new DataType.Int(32, true))));
        try (BatchBuilder builder = BatchBuilder.create(schema, memory)) {
            Object[] row = {
                new UnionBuilder.Tagged(1, "x"), new UnionBuilder.Tagged(0, 5), List.of(1, "y"), List.of(1, 2)
            };
            builder.appendRow(row);
            // Each column is left in the middle of its second row.
            builder.column("u").as(UnionBuilder.class).select(1);
            builder.column("v").as(UnionBuilder.class).select(0);
            builder.structs("s").ints("a").append(7);
            builder.lists("l").values().as(IntBuilder.class).append(8);
            builder.truncate(1);
            builder.appendRow(row);
            try (RecordBatch batch = builder.finish()) {
                assertThat(batch.rowCount()).isEqualTo(2);
                for (Column column : batch.columns()) {
                    assertThat(column.text(1)).isEqualTo(column.text(0));
                }
                assertThat(batch.column("l").child(0).length()).isEqualTo(4);
            }
        }
    }

    @Test
    void truncatingKeepsOnlyRowsThatThereAre() {
        try (BatchBuilder builder = BatchBuilder.create(SCHEMA, memory)) {
            builder.appendRow(1, "a");
            builder.longs("id").append(2);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.truncate(2))
                    .withMessage("rows to keep of column 'name': expected 0..1, found 2");
            assertThatIllegalArgumentException().isThrownBy(() -> builder.truncate(-1));
            assertThat(builder.longs("id").length()).isEqualTo(2);
            builder.truncate(1);
            assertThat(builder.rowCount()).isEqualTo(1);
        }
    }

    @Test
    void aColumnWithoutNullsHasNoBitmapAndTakesNone() {
        try (BatchBuilder builder = BatchBuilder.create(SCHEMA, memory)) {
            builder.appendRow(1, "a");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.longs("id").appendNull())
                    .withMessage("column 'id' is declared not to hold nulls");
            try (RecordBatch batch = builder.finish()) {
                assertThat(batch.column("id").data().length(0)).isZero();
                assertThat(batch.column("name").data().length(0)).isZero();
                assertThat(batch.column("name").nullCount()).isZero();
            }
        }
    }

    @Test
    void asksForTheRightBuilder() {
        try (BatchBuilder builder = BatchBuilder.create(SCHEMA, memory)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.doubles("id"))
                    .withMessage("column 'id: int64 not null' is built by a LongBuilder, not a DoubleBuilder");
            assertThatIllegalArgumentException().isThrownBy(() -> builder.longs("nobody"));
        }
    }

    @Test
    void afterCloseNothingCanBeAppendedOrFinished() {
        BatchBuilder builder = BatchBuilder.create(SCHEMA, memory);
        LongBuilder ids = builder.longs("id");
        ids.append(1);
        builder.close();
        assertThatIllegalStateException().isThrownBy(() -> ids.append(1)).withMessage("the batch builder is closed");
        assertThatIllegalStateException().isThrownBy(builder::finish);
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
    }

    @Test
    void clearForgetsWhatWasAppended() {
        try (BatchBuilder builder = BatchBuilder.create(SCHEMA, memory)) {
            builder.appendRow(1, "a");
            builder.longs("id").append(2);
            builder.clear();
            assertThat(memory.allocator().getAllocatedMemory()).isZero();
            builder.appendRow(3, "c");
            try (RecordBatch batch = builder.finish()) {
                assertThat(batch.column("id").getLong(0)).isEqualTo(3);
            }
        }
    }

    /** Memory is recycled, so whatever was there before must not show behind the last value. */
    @Test
    void paddingIsZero() {
        for (int i = 0; i < 8; i++) {
            try (ArrowBuf dirty = memory.allocator().buffer(1024 << i)) {
                NativeMemory.fill(dirty.memoryAddress(), dirty.capacity(), (byte) 0xAA);
            }
        }
        Schema schema = Schema.of(
                Field.of("a", new DataType.Int(16, true)),
                Field.of("b", new DataType.Bool()),
                Field.of("c", new DataType.Utf8()),
                Field.of("d", new DataType.Utf8View()));
        try (BatchBuilder builder = BatchBuilder.create(schema, memory)) {
            builder.appendRow(1, true, "abc", "a text longer than a view");
            builder.appendRow(null, null, null, null);
            builder.appendRow(3, true, "d", "e");
            try (RecordBatch batch = builder.finish()) {
                batch.columns().forEach(BatchBuilderTest::assertPadded);
                assertThat(bitsOf(batch.column("a"), 0)).isEqualTo((byte) 0b101);
                assertThat(bitsOf(batch.column("b"), 1)).isEqualTo((byte) 0b101);
            }
        }
    }

    private static byte bitsOf(Column column, int buffer) {
        return NativeMemory.getByte(column.data().address(buffer));
    }

    private static void assertPadded(Column column) {
        ColumnData data = column.data();
        for (int i = 0; i < data.bufferCount(); i++) {
            for (long at = data.length(i); at < Alignment.roundUp(data.length(i)); at++) {
                assertThat(NativeMemory.getByte(data.address(i) + at)).isZero();
            }
        }
    }

    @Test
    void takenBatchesLiveInAnotherRoot() {
        try (LightstreamMemory other = LightstreamMemory.create()) {
            RecordBatch taken;
            try (BatchBuilder builder = BatchBuilder.create(SCHEMA, memory)) {
                for (int i = 0; i < 100; i++) {
                    builder.appendRow(i, i % 3 == 0 ? null : "row " + i);
                }
                try (RecordBatch batch = builder.finish()) {
                    taken = batch.take(other.allocator());
                }
            }
            assertThat(memory.allocator().getAllocatedMemory()).isZero();
            try (taken) {
                for (int i = 0; i < 100; i++) {
                    assertThat(taken.column(0).getLong(i)).isEqualTo(i);
                    assertThat(taken.column(1).text(i)).isEqualTo(i % 3 == 0 ? "null" : "row " + i);
                }
            }
        }
    }

    @Test
    void runningOutOfMemoryInFinishGivesEverythingBack() {
        Schema schema = Schema.of(Field.of("id", new DataType.Int(64, true)), Field.of("name", new DataType.Utf8()));
        try (BufferAllocator allocator = memory.newChild("small", 1024);
                BatchBuilder builder = BatchBuilder.create(schema, allocator)) {
            // The offsets of an empty text column are allocated by finish, when there is nothing left by then.
            try (ArrowBuf rest = allocator.buffer(1024)) {
                assertThatExceptionOfType(OutOfMemoryException.class).isThrownBy(builder::finish);
                assertThat(allocator.getAllocatedMemory()).isEqualTo(rest.capacity());
            }
            try (RecordBatch batch = builder.finish()) {
                assertThat(batch.rowCount()).isZero();
            }
        }
    }

    @Test
    void oneLineBatches() {
        try (RecordBatch batch = RecordBatch.of(memory, int32("id", 1, 2, 3), utf8("name", "a", null, "c"))) {
            assertThat(batch.schema()).hasToString("id: int32\nname: utf8");
            assertThat(batch.column("id").getInt(2)).isEqualTo(3);
            assertThat(batch.column("name").isNull(1)).isTrue();
            assertThat(batch.column("name").getString(2)).isEqualTo("c");
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> RecordBatch.of(memory, int32("id", 1, 2), utf8("name", "a")))
                .withMessageContaining("'name'");
    }
}
