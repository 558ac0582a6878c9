package io.lightstream.codec;

import static io.lightstream.codec.build.Columns.dictionary;
import static io.lightstream.codec.build.Columns.float64;
import static io.lightstream.codec.build.Columns.int32;
import static io.lightstream.codec.build.Columns.int64;
import static io.lightstream.codec.build.Columns.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lightstream.codec.build.ColumnValues;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingLeaks() {
        memory.close();
    }

    private String table(TextTable.Options options, ColumnValues... columns) {
        try (RecordBatch batch = RecordBatch.of(memory, columns)) {
            TextTable table = new TextTable(batch.schema(), options);
            table.add(batch);
            return table.render(batch.rowCount());
        }
    }

    @Test
    void alignsNumbersAtTheRightAndTheRestAtTheLeft() {
        try (RecordBatch batch = RecordBatch.of(
                memory,
                int32("id", 1, 20, null),
                utf8("name", "a", null, "a longer name"),
                float64("price", 1.5, -20.25, null),
                dictionary(utf8("city", "Bern", "Bern", "Basel")))) {
            assertThat(batch).hasToString("""
                               id  name             price  city
                            int32  utf8           float64  dictionary<int32, utf8>
                            -----  -------------  -------  -----------------------
                                1  a                  1.5  Bern
                               20  null            -20.25  Bern
                             null  a longer name     null  Basel
                            3 rows, 4 columns""");
        }
    }

    @Test
    void showsTheFirstRowsAndSaysHowManyThereAre() {
        assertThat(table(TextTable.Options.DEFAULT.withMaxRows(2), int64("n", new long[] {1, 2, 3})))
                .isEqualTo("""
                            n
                        int64
                        -----
                            1
                            2
                        2 of 3 rows, 1 column""");
    }

    @Test
    void cutsLongValuesAndColumnsThatDoNotFit() {
        TextTable.Options narrow = new TextTable.Options(10, 24, 8);
        assertThat(table(
                        narrow,
                        utf8("a", "exactly8", "nine char"),
                        int32("b", 1, 2),
                        utf8("c", "x", "y"),
                        utf8("d", "z", "z")))
                .isEqualTo("""
                        a             b  c     …
                        utf8      int32  utf8  …
                        --------  -----  ----  …
                        exactly8      1  x     …
                        nine ch…      2  y     …
                        2 rows, 3 of 4 columns""");
    }

    @Test
    void theLastColumnNeedsNoRoomForAnEllipsis() {
        TextTable.Options exact = new TextTable.Options(10, 11, 8);
        assertThat(table(exact, int32("a", 1), utf8("b", "x"))).endsWith("    1  x\n1 row, 2 columns");
        assertThat(table(exact.withMaxWidth(10), int32("a", 1), utf8("b", "x"))).endsWith("1 row, 1 of 2 columns");
    }

    @Test
    void controlCharactersCannotMoveTheCursor() {
        assertThat(table(TextTable.Options.DEFAULT, utf8("n\nm", "a\tb\r\n", "\u001b[31mred", "x\u202Ey", "\u2028")))
                .isEqualTo("""
                        n\\nm
                        utf8
                        -------------
                        a\\tb\\r\\n
                        \\u001b[31mred
                        x\\u202ey
                        \\u2028
                        4 rows, 1 column""");
    }

    @Test
    void wideAndCombiningCharactersAreCountedAsTheTerminalShowsThem() {
        assertThat(table(
                        new TextTable.Options(10, 80, 6),
                        utf8("a", "世界", "e\u0301e", "世界世界"),
                        utf8("b", "x", "y", "z")))
                .isEqualTo("""
                        a      b
                        utf8   utf8
                        -----  ----
                        世界   x
                        e\u0301e     y
                        世界…  z
                        3 rows, 2 columns""");
    }

    @Test
    void collectsSeveralBatchesUntilItIsFull() {
        TextTable table;
        try (RecordBatch first = RecordBatch.of(memory, int32("n", 1, 2));
                RecordBatch second = RecordBatch.of(memory, int32("n", 3, 4))) {
            table = new TextTable(first.schema(), TextTable.Options.DEFAULT.withMaxRows(3));
            assertThat(table.add(first)).isTrue();
            assertThat(table.add(second)).isFalse();
            assertThat(table.isFull()).isTrue();
        }
        assertThat(table.render()).endsWith("    2\n    3\n3 rows, 1 column");
    }

    @Test
    void batchesWithoutRowsOrColumns() {
        assertThat(table(TextTable.Options.DEFAULT, int32("n"))).isEqualTo("    n\nint32\n-----\n0 rows, 1 column");
        assertThat(table(TextTable.Options.DEFAULT)).isEqualTo("0 rows, 0 columns");
    }

    @Test
    void refusesBatchesOfAnotherShape() {
        TextTable table = new TextTable(Schema.of(), TextTable.Options.DEFAULT);
        try (RecordBatch batch = RecordBatch.of(memory, int32("n", 1))) {
            assertThatIllegalArgumentException().isThrownBy(() -> table.add(batch));
        }
    }

    @Test
    void aClosedBatchStillHasAText() {
        RecordBatch batch = RecordBatch.of(memory, int32("n", 1));
        batch.close();
        assertThat(batch).hasToString("closed record batch of [n]");
    }
}
