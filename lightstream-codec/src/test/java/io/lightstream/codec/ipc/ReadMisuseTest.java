package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnSelectionException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.arrow.memory.ArrowBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Use after close, from two threads, and closing while blocked. */
@Timeout(60)
class ReadMisuseTest {
    private LightstreamMemory memory;
    private byte[] stream;
    private byte[] file;

    @BeforeEach
    void open() {
        memory = LightstreamMemory.create();
        try (RecordBatch batch = Tables.column(memory.allocator(), Tables.INT, 1, 2, 3)) {
            stream = Ipc.stream(batch, batch);
            file = Ipc.file(batch, batch);
        }
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void closedReadersSaySo() throws IOException {
        for (BatchReader reader :
                new BatchReader[] {Ipc.openStream(stream, memory.allocator()), Ipc.openFile(file, memory.allocator())
                }) {
            assertThatThrownBy(reader::batch).isInstanceOf(IllegalStateException.class);
            assertThat(reader.next()).isTrue();
            RecordBatch batch = reader.batch();
            Column column = batch.column(0);
            reader.close();
            reader.close();
            assertThat(reader.schema().columnCount()).isOne();
            assertThatThrownBy(reader::next).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(reader::batch).isInstanceOf(IllegalStateException.class);
            assertThat(batch.isClosed()).isTrue();
            assertThatThrownBy(() -> batch.column(0)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> column.getInt(0)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(column::ints).isInstanceOf(IllegalStateException.class);
        }
        IpcFileReader reader = Ipc.openFile(file, memory.allocator());
        reader.close();
        assertThatThrownBy(() -> reader.read(0)).isInstanceOf(IllegalStateException.class);
    }

    /** What was on its way when a body failed must not be copied to where that body was to lie: others have that memory now. */
    @Test
    void aBodyThatFailedIsForgotten() throws IOException {
        MemoryChannel channel = new MemoryChannel(file);
        try (IpcFileReader reader = IpcFileReader.open(channel, memory.allocator(), Ipc.READ)) {
            Footer.Block second = reader.footer().recordBatches().get(1);
            channel.truncate(second.bodyOffset() + 1);
            assertThatThrownBy(() -> reader.read(1)).isInstanceOf(TruncatedStreamException.class);
            try (ArrowBuf others = memory.allocator().buffer(second.bodyLength())) {
                others.setZero(0, others.capacity());
                try (RecordBatch first = reader.read(0)) {
                    assertThat(first.column(0).getInt(2)).isEqualTo(3);
                }
                for (long i = 0; i < others.capacity(); i++) {
                    assertThat(others.getByte(i)).as("byte %d", i).isZero();
                }
            }
        }
    }

    /** What is borrowed ends with the next step, what is taken does not. */
    @Test
    void borrowedBatchesEndWithTheNextStep() throws IOException {
        try (BatchReader reader = Ipc.openStream(stream, memory.allocator())) {
            assertThat(reader.next()).isTrue();
            RecordBatch borrowed = reader.batch();
            RecordBatch taken = borrowed.take(memory.allocator());
            assertThat(reader.next()).isTrue();
            assertThat(borrowed.isClosed()).isTrue();
            reader.close();
            assertThat(taken.column(0).getInt(2)).isEqualTo(3);
            taken.close();
        }
    }

    @Test
    void batchNumbersAreChecked() throws IOException {
        try (IpcFileReader reader = Ipc.openFile(file, memory.allocator())) {
            assertThatThrownBy(() -> reader.read(2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> reader.read(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void unknownColumnsAreRefusedAndNothingStaysOpen() {
        InMemoryFile input = new InMemoryFile(stream);
        assertThatThrownBy(() -> IpcStreamReader.open(input, memory.allocator(), Ipc.READ.withColumns("no")))
                .isInstanceOf(ColumnSelectionException.class);
        assertThat(input.isOpen()).isFalse();
        InMemoryFile other = new InMemoryFile(file);
        assertThatThrownBy(() -> IpcFileReader.open(other, memory.allocator(), Ipc.READ.withColumns("no")))
                .isInstanceOf(ColumnSelectionException.class);
        assertThat(other.isOpen()).isFalse();
    }

    /** After an error the reader holds nothing and does not go on. */
    @Test
    void errorsAreTheEnd() throws IOException {
        Patch second = Patch.of(stream, 2);
        second.bodyLength(-8);
        InMemoryFile input = new InMemoryFile(stream);
        try (BatchReader reader = IpcStreamReader.open(input, memory.allocator(), Ipc.READ)) {
            assertThat(reader.next()).isTrue();
            assertThatThrownBy(reader::next).isInstanceOf(IOException.class);
            assertThat(memory.allocator().getAllocatedMemory()).isZero();
            assertThatThrownBy(reader::batch).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(reader::next).isInstanceOf(IllegalStateException.class);
        }
        assertThat(input.isOpen()).isFalse();
    }

    private static Thread.State state(AtomicReference<Thread> thread) {
        Thread started = thread.get();
        return started == null ? Thread.State.NEW : started.getState();
    }

    private interface Action {
        void run(BatchReader reader, CompletableFuture<Boolean> blocked) throws Exception;
    }

    /** Runs the action while another thread waits for the part of the stream behind {@code sent}. */
    private void whileBlocked(int sent, Action action) throws Exception {
        Pipe pipe = Pipe.open();
        pipe.sink().write(ByteBuffer.wrap(Arrays.copyOf(stream, sent)));
        try (Pipe.SinkChannel sink = pipe.sink();
                BatchReader reader = IpcStreamReader.open(pipe.source(), memory.allocator(), Ipc.READ)) {
            AtomicReference<Thread> thread = new AtomicReference<>();
            CompletableFuture<Boolean> blocked = CompletableFuture.supplyAsync(
                    () -> {
                        thread.set(Thread.currentThread());
                        try {
                            return reader.next();
                        } catch (IOException e) {
                            throw new java.util.concurrent.CompletionException(e);
                        }
                    },
                    task -> new Thread(task, "reading").start());
            while (!isReading(thread)) {
                Thread.onSpinWait();
            }
            action.run(reader, blocked);
            assertThat(sink.isOpen()).isTrue();
        }
    }

    private static boolean isReading(AtomicReference<Thread> thread) {
        return state(thread) == Thread.State.RUNNABLE
                && Arrays.stream(thread.get().getStackTrace())
                        .anyMatch(frame ->
                                frame.isNativeMethod() && frame.getClassName().startsWith("sun.nio.ch"));
    }

    @Test
    void closingWakesTheReader() throws Exception {
        int body = Patch.of(stream, 1).body();
        for (int sent : new int[] {Patch.of(stream, 1).position(), body - 20, body + 3}) {
            whileBlocked(sent, (reader, blocked) -> {
                reader.close();
                assertThatThrownBy(() -> blocked.get(10, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(IOException.class);
            });
            assertThat(memory.allocator().getAllocatedMemory()).isZero();
        }
    }

    @Test
    void aSecondThreadIsTurnedAway() throws Exception {
        whileBlocked(Patch.of(stream, 1).position(), (reader, blocked) -> {
            assertThatThrownBy(reader::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The reader of test is in use by another thread");
            reader.close();
            assertThatThrownBy(() -> blocked.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        });
    }
}
