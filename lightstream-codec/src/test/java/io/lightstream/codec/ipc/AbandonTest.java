package io.lightstream.codec.ipc;

import static io.lightstream.codec.build.Columns.int64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.build.Columns;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writers whose batches end before their time: nobody may take what was written for the whole. */
class AbandonTest {
    private final LightstreamMemory memory = LightstreamMemory.create();

    @TempDir
    Path folder;

    @AfterEach
    void nothingIsHeld() {
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
    }

    private RecordBatch numbers(long... values) {
        return Columns.batch(memory.allocator(), int64("n", values));
    }

    private Path create(String name) {
        return folder.resolve(name);
    }

    private static FileChannel writing(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    @Test
    void anAbandonedStreamIsTruncatedBehindItsBatches() throws IOException {
        Path file = create("a.arrows");
        try (RecordBatch batch = numbers(1, 2, 3);
                BatchWriter writer = IpcStreamWriter.open(writing(file), batch.schema(), IpcWriteOptions.defaults())) {
            writer.write(batch);
            writer.abandon();
            assertThatThrownBy(() -> writer.write(batch))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is closed");
            writer.close();

            try (BatchReader reader = Ipc.openStream(Files.readAllBytes(file), memory.allocator())) {
                assertThat(reader.next()).isTrue();
                assertThat(BatchComparison.compare(batch, reader.batch())).isEmpty();
                assertThatThrownBy(reader::next).isInstanceOf(TruncatedStreamException.class);
            }
        }
    }

    @Test
    void abandoningWhatIsClosedChangesNothing() throws IOException {
        Path file = create("a.arrows");
        try (RecordBatch batch = numbers(1, 2, 3)) {
            IpcStreamWriter writer = IpcStreamWriter.open(writing(file), batch.schema(), IpcWriteOptions.defaults());
            writer.write(batch);
            assertThat(writer.isEnded()).isFalse();
            writer.close();
            assertThat(writer.isEnded()).isTrue();
            byte[] whole = Files.readAllBytes(file);

            writer.abandon();

            assertThat(Files.readAllBytes(file)).isEqualTo(whole).isEqualTo(Ipc.stream(batch));
        }
    }

    @Test
    void anAbandonedFileHasNoFooterAndCanBeRecovered() throws IOException {
        Path file = create("a.arrow");
        try (RecordBatch batch = numbers(1, 2, 3)) {
            IpcFileWriter writer = IpcFileWriter.open(writing(file), batch.schema(), IpcWriteOptions.defaults());
            writer.write(batch);
            writer.abandon();
            writer.close();

            assertThatThrownBy(() -> Ipc.openFile(Files.readAllBytes(file), memory.allocator()))
                    .isInstanceOf(MalformedStreamException.class);
            IpcFileRecovery.recover(file, memory.allocator());
            try (BatchReader reader = Ipc.openFile(Files.readAllBytes(file), memory.allocator())) {
                assertThat(reader.next()).isTrue();
                assertThat(BatchComparison.compare(batch, reader.batch())).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasAppendedToAFileIsCutOffAgain(LogTables tables) throws IOException {
        byte[] before = tables.file(0, 2, memory);
        MemoryChannel channel = new MemoryChannel(before);
        IpcFileWriter writer = IpcFileWriter.append(channel, memory.allocator(), tables.appending());
        for (RecordBatch batch : tables.batches(2, 4, memory.allocator())) {
            try (batch) {
                writer.write(batch);
            }
        }
        writer.flush();
        writer.abandon();
        assertThat(channel.toBytes()).isEqualTo(before);
    }

    @Test
    void whatWasAppendedToAStreamStays() throws IOException {
        Path file = create("log.arrows");
        try (RecordBatch first = numbers(1);
                RecordBatch second = numbers(2)) {
            Files.write(file, Ipc.stream(first));
            IpcStreamWriter writer = IpcStreamWriter.append(
                    FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    IpcAppendOptions.defaults());
            writer.write(second);
            writer.abandon();

            byte[] whole = Files.readAllBytes(file);
            try (BatchReader reader = Ipc.openStream(whole, memory.allocator())) {
                assertThat(reader.next()).isTrue();
                assertThat(reader.next()).isTrue();
                assertThat(BatchComparison.compare(second, reader.batch())).isEmpty();
                assertThat(reader.next()).isFalse();
            }
        }
    }

    @Test
    void allBatchesOfASourceAreWritten() throws IOException {
        Path file = create("a.arrows");
        try (RecordBatch one = numbers(1);
                RecordBatch two = numbers(2)) {
            byte[] stream = Ipc.stream(one, two);
            try (BatchReader source = Ipc.openStream(stream, memory.allocator());
                    BatchWriter writer =
                            IpcStreamWriter.open(writing(file), one.schema(), IpcWriteOptions.defaults())) {
                writer.writeAll(source);
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(stream);
        }
    }

    @Test
    void aSourceThatFailsAbandonsItsWriter() throws IOException {
        Path file = create("a.arrows");
        try (RecordBatch one = numbers(1);
                RecordBatch two = numbers(2)) {
            byte[] stream = Ipc.stream(one, two);
            byte[] cut = Arrays.copyOf(stream, stream.length - 40);
            assertThatThrownBy(() -> {
                        try (BatchReader source = Ipc.openStream(cut, memory.allocator());
                                BatchWriter writer =
                                        IpcStreamWriter.open(writing(file), one.schema(), IpcWriteOptions.defaults())) {
                            writer.writeAll(source);
                        }
                    })
                    .isInstanceOf(TruncatedStreamException.class);

            try (BatchReader copy = Ipc.openStream(Files.readAllBytes(file), memory.allocator())) {
                assertThat(copy.next()).isTrue();
                assertThat(BatchComparison.compare(one, copy.batch())).isEmpty();
                assertThatThrownBy(copy::next).isInstanceOf(TruncatedStreamException.class);
            }
        }
    }

    @Test
    void closingWakesAWriterThatIsBlocked() throws Exception {
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel nobodyReads = pipe.source();
                RecordBatch batch = numbers(new Random(1).longs(1 << 18).toArray())) {
            IpcStreamWriter writer = IpcStreamWriter.open(
                    pipe.sink(), batch.schema(), IpcWriteOptions.defaults().withCompression(Compression.ZSTD));
            CompletableFuture<Thread> started = new CompletableFuture<>();
            FutureTask<Void> blocked = new FutureTask<>(() -> {
                started.complete(Thread.currentThread());
                while (true) {
                    writer.write(batch);
                    writer.flush();
                }
            });
            new Thread(blocked, "blocked writer").start();
            Thread thread = started.get();
            StackTraceElement[][] last = {thread.getStackTrace()};
            Awaitility.await().until(() -> {
                StackTraceElement[] before = last[0];
                last[0] = thread.getStackTrace();
                return isInChannel(before) && Arrays.equals(before, last[0]);
            });

            writer.close();

            assertThatThrownBy(blocked::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(IOException.class);
            assertThat(writer.isEnded()).isFalse();
        }
    }

    private static boolean isInChannel(StackTraceElement[] stack) {
        return stack.length > 0 && stack[0].getClassName().startsWith("sun.nio.ch");
    }
}
