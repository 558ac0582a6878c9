package io.lightstream.codec.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DataType.UnionMode;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NestedBuildersTest {
    private static final Field LONG = Field.of("item", new DataType.Int(64, true));

    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingLeaks() {
        memory.close();
    }

    private BatchBuilder builder(Field field) {
        return BatchBuilder.create(Schema.of(field), memory);
    }

    @Test
    void listsCloseOverTheirElements() {
        try (BatchBuilder builder = builder(Field.of("l", new DataType.ListType(), LONG))) {
            ListBuilder lists = builder.lists("l");
            LongBuilder elements = lists.values().as(LongBuilder.class);
            elements.append(new long[] {1, 2, 3}, 0, 3);
            lists.endList();
            lists.appendNull();
            lists.endList();
            elements.append(4);
            assertThatIllegalStateException()
                    .isThrownBy(builder::finish)
                    .withMessage("column 'l': elements after the last endList(): expected 0, found 1");
            assertThatIllegalStateException().isThrownBy(lists::appendNull);
            lists.endList();
            try (RecordBatch batch = builder.finish()) {
                Column column = batch.column(0);
                assertThat(column.offsets().get(4)).isEqualTo(4);
                assertThat(column.listStart(3)).isEqualTo(3);
                assertThat(column.child(0).longs().get(3)).isEqualTo(4);
                assertThat(column.text(0)).isEqualTo("[1, 2, 3]");
                assertThat(column.isNull(1)).isTrue();
                assertThat(column.listLength(2)).isZero();
            }
        }
    }

    @Test
    void moreElementsThanOffsetsCanSayAreAnErrorThatLosesNothing() {
        for (DataType type : List.of(new DataType.ListType(), new DataType.ListView())) {
            try (BatchBuilder builder = builder(Field.of("l", type, Field.of("item", new DataType.Null())))) {
                ListBuilder lists = builder.lists("l");
                lists.values().appendNulls(Integer.MAX_VALUE);
                lists.endList();
                lists.values().appendNulls(1);
                assertThatExceptionOfType(ColumnOverflowException.class)
                        .isThrownBy(lists::endList)
                        .withMessage(
                                "column 'l': elements of all rows: expected at most 2147483647 in one batch, found more: take the row back"
                                        + " with BatchBuilder.truncate, and finish the batch");
                assertThat(lists.length()).isEqualTo(1);
                try (RecordBatch batch = builder.finish()) {
                    assertThat(batch.column(0).listLength(0)).isEqualTo(Integer.MAX_VALUE);
                }
            }
        }
    }

    @Test
    void listViewsMayShareElements() {
        try (BatchBuilder builder = builder(Field.of("v", new DataType.ListView(), LONG))) {
            ListBuilder views = builder.lists("v");
            views.values().as(LongBuilder.class).append(new long[] {1, 2, 3, 4}, 0, 4);
            views.appendView(1, 3);
            views.appendView(0, 2);
            views.appendNull();
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> views.appendView(3, 2));
            views.appendValue(List.of(9));
            try (RecordBatch batch = builder.finish()) {
                assertThat(batch.column(0).text(0)).isEqualTo("[2, 3, 4]");
                assertThat(batch.column(0).text(1)).isEqualTo("[1, 2]");
                assertThat(batch.column(0).text(2)).isEqualTo("null");
                assertThat(batch.column(0).text(3)).isEqualTo("[9]");
            }
        }
        try (BatchBuilder builder = builder(Field.of("l", new DataType.ListType(), LONG))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.lists("l").appendView(0, 0));
        }
    }

    @Test
    void fixedSizeListsCountTheirElements() {
        try (BatchBuilder builder = builder(Field.of("f", new DataType.FixedSizeList(2), LONG))) {
            FixedSizeListBuilder lists = builder.column(0).as(FixedSizeListBuilder.class);
            lists.values().appendValue(1);
            assertThatIllegalStateException()
                    .isThrownBy(lists::endList)
                    .withMessage("column 'f': elements of row 0: expected 2, found 1");
            assertThatIllegalStateException().isThrownBy(builder::finish);
            lists.values().appendValue(2);
            lists.endList();
            try (RecordBatch batch = builder.finish()) {
                assertThat(batch.column(0).text(0)).isEqualTo("[1, 2]");
            }
        }
    }

    @Test
    void structsNameTheChildThatDiffers() {
        Field struct = Field.of("s", new DataType.Struct(), LONG, Field.of("t", new DataType.Utf8()));
        try (BatchBuilder builder = builder(struct)) {
            StructBuilder structs = builder.structs("s");
            structs.longs("item").append(1);
            assertThatIllegalStateException()
                    .isThrownBy(structs::endStruct)
                    .withMessage("column 's': rows of child 't': expected 1, found 0");
            structs.bytes("t").append("x");
            structs.endStruct();
            structs.appendNull();
            assertThatIllegalArgumentException().isThrownBy(() -> structs.appendValue(List.of(1)));
            assertThatIllegalArgumentException().isThrownBy(() -> structs.appendValue(List.of(1, 2)));
            try (RecordBatch batch = builder.finish()) {
                assertThat(batch.rowCount()).isEqualTo(2);
                assertThat(batch.column(0).child("t").text(0)).isEqualTo("x");
                assertThat(batch.column(0).child("t").isNull(1)).isTrue();
            }
        }
    }

    @Test
    void unionsTakeOneValueARow() {
        for (UnionMode mode : UnionMode.values()) {
            Field union =
                    Field.of("u", new DataType.Union(mode, List.of(3, 7)), LONG, Field.of("t", new DataType.Utf8()));
            try (BatchBuilder builder = builder(union)) {
                UnionBuilder unions = builder.column(0).as(UnionBuilder.class);
                unions.select(7).as(BytesBuilder.class).append("x");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> unions.select(4))
                        .withMessage("type id of column 'u': expected one of [3, 7], found 4");
                LongBuilder longs = unions.select(3).as(LongBuilder.class);
                assertThatIllegalStateException().isThrownBy(() -> unions.select(3));
                assertThatIllegalStateException().isThrownBy(builder::finish);
                longs.append(5);
                try (RecordBatch batch = builder.finish()) {
                    Column column = batch.column(0);
                    assertThat(column.typeId(0)).isEqualTo(7);
                    assertThat(column.getString(0)).isEqualTo("x");
                    assertThat(column.getLong(1)).isEqualTo(5);
                    assertThat(column.valueIndex(1)).isEqualTo(mode == UnionMode.SPARSE ? 1 : 0);
                    assertThat(column.children().get(0).length()).isEqualTo(mode == UnionMode.SPARSE ? 2 : 1);
                }
            }
        }
    }

    @Test
    void equalValuesBecomeOneRun() {
        Field ends = Field.required("run_ends", new DataType.Int(16, true));
        try (BatchBuilder builder = builder(Field.of("r", new DataType.RunEndEncoded(), ends, LONG))) {
            RunEndBuilder runs = builder.column(0).as(RunEndBuilder.class);
            LongBuilder values = runs.values().as(LongBuilder.class);
            assertThatIllegalStateException().isThrownBy(runs::endValue);
            values.append(7);
            runs.endValue(30_000);
            values.append(7);
            runs.endValue();
            values.append(8);
            runs.endValue(2_766);
            values.append(8);
            assertThatExceptionOfType(ColumnOverflowException.class)
                    .isThrownBy(runs::endValue)
                    .withMessageStartingWith("column 'r': rows: expected at most 32767 in one batch, found more");
            assertThat(runs.length()).isEqualTo(32_767);
            try (RecordBatch batch = builder.finish()) {
                Column column = batch.column(0);
                assertThat(column.length()).isEqualTo(32_767);
                assertThat(column.child(0).length()).isEqualTo(2);
                assertThat(column.getLong(30_000)).isEqualTo(7);
                assertThat(column.getLong(30_001)).isEqualTo(8);
                assertThat(column.slice(30_000, 2).getLong(1)).isEqualTo(8);
            }
        }
    }
}
