package io.lightstream.codec;

import static io.lightstream.codec.build.Columns.int64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.AllocationListener;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link BatchReader} promises about errors, threads and the end, for every reader. */
@Timeout(60)
public abstract class BatchReaderContract {
    private static final int ROWS = 1000;

    private final LightstreamMemory memory = LightstreamMemory.create();

    /**
     * Opens a reader of a batch, and of another one that cannot be read. To make a batch takes memory from the allocator.
     *
     * @param batch what the first one is equal to
     */
    protected abstract BatchReader openBroken(RecordBatch batch, BufferAllocator allocator) throws IOException;

    /** Whether the reader is never waiting for anybody. */
    protected abstract boolean neverWaits();

    @AfterEach
    void nothingIsHeld() {
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
    }

    private BatchReader open(BufferAllocator allocator) throws IOException {
        try (RecordBatch batch = RecordBatch.of(memory, int64("v", new long[ROWS]))) {
            return openBroken(batch, allocator);
        }
    }

    @Test
    void anErrorIsFinalAndNeverLooksLikeTheEnd() throws IOException {
        BatchReader reader = open(memory.allocator());
        try (reader) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.batch().rowCount()).isEqualTo(ROWS);
            Throwable failure = catchThrowable(reader::next);
            assertThat(failure).isInstanceOf(IOException.class);
            assertThatThrownBy(reader::batch).isInstanceOf(IllegalStateException.class);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(reader::next)
                        .isInstanceOf(IllegalStateException.class)
                        .hasCause(failure);
            }
        }
        assertThatThrownBy(reader::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void anIteratorThatFailedHasNoEnd() throws IOException {
        try (BatchReader reader = open(memory.allocator())) {
            Iterator<RecordBatch> batches = reader.iterator();
            assertThat(batches.next().rowCount()).isEqualTo(ROWS);
            assertThatThrownBy(batches::hasNext).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(batches::hasNext).isInstanceOf(IllegalStateException.class);
        }
    }

    /** The one inside is held up where it allocates. */
    @Test
    void aSecondThreadIsTurnedAwayAndTakesNothing() throws Exception {
        Hold hold = new Hold();
        try (BufferAllocator slow = memory.allocator().newChildAllocator("slow", hold, 0, Long.MAX_VALUE);
                BatchReader reader = open(slow)) {
            hold.armed = true;
            CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(() -> {
                try {
                    return reader.next();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            hold.entered.await();
            assertThatThrownBy(reader::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by another thread");
            hold.left.countDown();
            assertThat(first.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(reader.batch().column(0).getLong(ROWS - 1)).isZero();
        }
    }

    private static final class Hold implements AllocationListener {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch left = new CountDownLatch(1);
        volatile boolean armed;

        @Override
        public void onPreAllocation(long size) {
            if (armed) {
                armed = false;
                entered.countDown();
                try {
                    left.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    @Test
    void tellsWhoFlushesWhetherSomebodyIsWaitedFor() throws IOException {
        try (BatchReader reader = open(memory.allocator())) {
            assertThat(reader.hasArrived()).isEqualTo(neverWaits());
        }
    }
}
