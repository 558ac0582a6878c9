package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.internal.concat.ColumnConcatenation;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.junit.jupiter.api.Test;

/** Pieces of random columns of every type, put behind each other, are the rows they were. */
class RandomConcatenationTest {
    private static final int COUNT = Integer.getInteger("lightstream.roundTrips", 300);
    private static final long SEED = Long.getLong("lightstream.seed", 7L);

    @Test
    void rowsStayWhatTheyWere() {
        for (long seed = SEED; seed < SEED + COUNT; seed++) {
            try (LightstreamMemory memory = LightstreamMemory.create();
                    RandomBatches data = new RandomBatches(seed, memory.allocator())) {
                Random random = new Random(seed);
                for (RecordBatch batch : data.batches()) {
                    for (Column column : batch.columns()) {
                        concatenate(pieces(column, random), memory);
                    }
                }
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ": " + e, e);
            }
        }
    }

    private static List<Column> pieces(Column column, Random random) {
        List<Column> pieces = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            long from = random.nextLong(column.length() + 1);
            pieces.add(column.slice(from, random.nextLong(column.length() - from + 1)));
        }
        return pieces;
    }

    private static void concatenate(List<Column> pieces, LightstreamMemory memory) {
        List<String> expected = new ArrayList<>();
        pieces.forEach(piece -> expected.addAll(Tables.texts(piece)));
        long before = memory.allocator().getAllocatedMemory();
        Column joined = ColumnConcatenation.concatenate(pieces, memory.allocator());
        assertThat(Tables.texts(joined)).as(joined.field().toString()).isEqualTo(expected);
        assertThat(joined.data().dictionary()).isEqualTo(pieces.get(0).data().dictionary());
        // The batch takes over the only reference.
        try (RecordBatch batch = RecordBatch.of(
                Schema.of(joined.field()),
                joined.length(),
                List.of(joined),
                joined.data().memory())) {
            assertThat(batch.aligned()).isTrue();
        }
        assertThat(memory.allocator().getAllocatedMemory()).isEqualTo(before);
    }

    @Test
    void nothingIsHeldOverTheLimit() {
        try (LightstreamMemory memory = LightstreamMemory.create();
                RecordBatch batch = Tables.column(memory.allocator(), Tables.TEXT, "a".repeat(1000), null, "b")) {
            Column column = batch.column(0);
            List<Column> parts = List.of(column, column.slice(1, 2), column);
            boolean enough = false;
            for (long limit = 64; !enough; limit += 64) {
                try (BufferAllocator tight = memory.newChild("tight", limit)) {
                    ColumnConcatenation.concatenate(parts, tight)
                            .data()
                            .memory()
                            .release();
                    enough = true;
                } catch (OutOfMemoryException e) {
                    assertThat(limit).isLessThan(10_000);
                }
            }
        }
    }

    @Test
    void runEndsThatOutgrowTheirTypeAreAnError() {
        Field runs = Field.of(
                "v",
                new DataType.RunEndEncoded(),
                Field.required("run_ends", new DataType.Int(16, true)),
                Field.of("values", new DataType.Bool()));
        try (LightstreamMemory memory = LightstreamMemory.create();
                RecordBatch batch = Tables.column(memory.allocator(), runs, booleans(20_000))) {
            Column column = batch.column(0);
            List<Column> parts = List.of(column, column);
            assertThatThrownBy(() -> ColumnConcatenation.concatenate(parts, memory.allocator()))
                    .isInstanceOf(ArithmeticException.class);
        }
    }

    private static Object[] booleans(int rows) {
        Object[] values = new Object[rows];
        Arrays.fill(values, true);
        return values;
    }
}
