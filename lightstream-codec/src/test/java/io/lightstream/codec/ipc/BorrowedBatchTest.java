package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.arrow.ArrowBatch;
import io.lightstream.codec.arrow.ArrowBatches;
import io.lightstream.codec.arrow.ArrowConversion;
import io.lightstream.codec.build.Columns;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.AllocationListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.IntVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory of a borrowed batch serves the next one, and nobody notices. */
class BorrowedBatchTest {
    private static final int BATCHES = 8;

    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void close() {
        assertThat(memory.statistics().buffersInUse()).isZero();
        memory.close();
    }

    /** Batch {@code i} has the values {@code i * 1_000_000} and up. */
    private IpcStreamReader open(int... rows) throws IOException {
        List<RecordBatch> batches = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            int first = first(i);
            Object[] values = IntStream.range(first, first + rows[i]).boxed().toArray();
            batches.add(Tables.column(memory.allocator(), Tables.INT, values));
        }
        byte[] stream = Ipc.stream(batches.toArray(RecordBatch[]::new));
        batches.forEach(RecordBatch::close);
        return Ipc.openStream(stream, memory.allocator());
    }

    private static int first(int batch) {
        return batch * 1_000_000;
    }

    private static int[] rows(int rows) {
        return IntStream.generate(() -> rows).limit(BATCHES).toArray();
    }

    private static void assertHolds(Column column, int batch) {
        for (int row = 0; row < column.length(); row++) {
            assertThat(column.getInt(row)).isEqualTo(first(batch) + row);
        }
    }

    /** As the JVM fails where a page of a mapping is gone. The batch and its dictionary are moved one after the other. */
    @Test
    void takingHoldsNothingWhereItFailsHalfway() throws IOException {
        byte[] stream;
        try (RecordBatch batch = RecordBatch.of(memory, Columns.dictionary(Columns.utf8("a", "x", "y")))) {
            stream = Ipc.stream(batch);
        }
        AllocationListener failing = new AllocationListener() {
            private int allocations;

            @Override
            public void onPreAllocation(long size) {
                if (++allocations == 2) {
                    throw new InternalError("of the second");
                }
            }
        };
        try (IpcStreamReader reader = Ipc.openStream(stream, memory.allocator());
                LightstreamMemory other = LightstreamMemory.create();
                BufferAllocator target = other.allocator().newChildAllocator("target", failing, 0, Long.MAX_VALUE)) {
            assertThat(reader.next()).isTrue();
            assertThatThrownBy(() -> reader.batch().take(target))
                    .isInstanceOf(InternalError.class)
                    .hasMessage("of the second");
            assertThat(target.getAllocatedMemory()).isZero();
            reader.batch().take(target).close();
        }
    }

    /** Bodies that are copied out of the window, and such that are read to their place. */
    @ParameterizedTest
    @ValueSource(ints = {10, 1_000, 100_000})
    void oneBlockServesAStream(int rows) throws IOException {
        try (IpcStreamReader reader = open(rows(rows))) {
            assertThat(reader.next()).isTrue();
            long allocations = memory.statistics().allocations();
            List<RecordBatch> borrowed = new ArrayList<>();
            List<Column> columns = new ArrayList<>();
            for (int i = 0; i < BATCHES; i++) {
                borrowed.add(reader.batch());
                columns.add(reader.batch().column(0));
                assertHolds(reader.batch().column(0), i);
                assertThat(reader.next()).isEqualTo(i + 1 < BATCHES);
            }
            assertThat(memory.statistics().allocations()).isEqualTo(allocations);
            for (int i = 0; i < BATCHES; i++) {
                RecordBatch batch = borrowed.get(i);
                Column column = columns.get(i);
                assertThatThrownBy(() -> batch.column(0)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> batch.slice(0, 1)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> batch.take(memory.allocator())).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> column.getInt(0)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(column::ints).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> column.data().retainedBuffer(1)).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 10_000})
    void whatTheCallerOwnsIsNotOverwritten(int rows) throws IOException {
        try (BufferAllocator own = memory.newChild("own");
                IpcStreamReader reader = open(rows(rows))) {
            List<RecordBatch> kept = new ArrayList<>();
            List<ArrowBatch> bridged = new ArrayList<>();
            for (int i = 0; reader.next(); i++) {
                switch (i % 4) {
                    case 0 -> kept.add(reader.batch().take(own));
                    case 1 -> kept.add(reader.batch().slice(0, rows));
                    case 2 -> kept.add(reader.batch().select(0));
                    default -> bridged.add(ArrowBatches.toRoot(reader.batch(), own, ArrowConversion.EXACT));
                }
            }
            for (int i = 0, batch = 0; i < kept.size(); i++, batch += batch % 4 == 2 ? 2 : 1) {
                assertHolds(kept.get(i).column(0), batch);
            }
            for (int i = 0; i < bridged.size(); i++) {
                IntVector vector = (IntVector) bridged.get(i).root().getVector(0);
                for (int row = 0; row < rows; row++) {
                    assertThat(vector.get(row)).isEqualTo(first(4 * i + 3) + row);
                }
            }
            kept.forEach(RecordBatch::close);
            bridged.forEach(ArrowBatch::close);
        }
    }

    @Test
    void batchesOfOtherSizesGetTheirOwn() throws IOException {
        int[] rows = {1, 10, 100, 10_000, 9_999, 5_000, 0, 5_000, 100_000, 10};
        try (IpcStreamReader reader = open(rows)) {
            for (int i = 0; i < rows.length; i++) {
                assertThat(reader.next()).isTrue();
                assertThat(reader.batch().rowCount()).isEqualTo(rows[i]);
                assertThat(reader.batch().aligned()).isTrue();
                assertHolds(reader.batch().column(0), i);
            }
        }
    }
}
