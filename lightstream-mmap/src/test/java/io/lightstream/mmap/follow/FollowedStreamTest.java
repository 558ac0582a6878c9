package io.lightstream.mmap.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lightstream.codec.ColumnSelectionException;
import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.ipc.IpcFileWriter;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FollowedStreamTest {
    @TempDir
    Path folder;

    private Path path;
    private FollowTable table;

    @BeforeEach
    void makeTable() throws IOException {
        path = folder.resolve("growing.arrows");
        table = FollowTable.of(3, 50, 1, 4000);
    }

    @Test
    void batchesComeAsTheyAreAppendedUntilTheEnd() throws Exception {
        try (FollowFile file = FollowFile.create(path, table.schema());
                FollowRun run = FollowRun.of(path)) {
            run.assertWaiting();
            for (int i = 0; i < 4; i++) {
                file.append(table.batch(i));
                run.assertNext(i);
                assertThat(run.reader().nextPosition()).isEqualTo(file.size());
                assertThat(run.reader().position()).isEqualTo(file.size() - table.batch(i).length);
            }
            run.assertWaiting();
            file.append(table.end());
            run.assertEnd();
        }
    }

    @Test
    void batchesThatAreThereAlreadyComeAtOnce() throws Exception {
        Files.write(path, table.whole());

        try (FollowRun run = FollowRun.of(path)) {
            run.assertNext(0, 1, 2, 3);
            run.assertEnd();
        }
    }

    @Test
    void batchesComeWholeWhereTheyAreWrittenByteByByte() throws Exception {
        FollowTable small = FollowTable.of(1, 2, 3);
        try (FollowFile file = FollowFile.create(path);
                FollowRun run = FollowRun.of(path)) {
            for (byte one : small.whole()) {
                file.append(new byte[] {one});
            }
            run.assertNext(0, 1, 2);
            run.assertEnd();
        }
    }

    @Test
    void aTornMessageThatIsCutOffIsNeverSeen() throws Exception {
        try (FollowFile file = FollowFile.create(path, table.schema(), table.batch(0));
                FollowRun run = FollowRun.of(path)) {
            run.assertNext(0);
            long boundary = file.size();
            int[] tails = {1, 4, 7, 8, 100, table.batch(1).length - 1};
            for (int bytes : tails) {
                file.appendStart(table.batch(1), bytes);
                run.awaitLook();
                file.cutTo(boundary);
            }
            run.assertWaiting();
            file.append(table.batch(3));
            run.assertNext(3);
            file.append(table.end());
            run.assertEnd();
        }
    }

    @Test
    void aTornMessageMayBeOverwrittenByAShorterOneWithoutBeingCutOff() throws Exception {
        try (FollowFile file = FollowFile.create(path, table.schema(), table.batch(0));
                FollowRun run = FollowRun.of(path)) {
            run.assertNext(0);
            long boundary = file.size();
            file.appendStart(table.batch(3), 5000);
            run.assertWaiting();
            file.cutTo(boundary);
            file.append(table.batch(2), table.batch(1));
            run.assertNext(2, 1);
        }
    }

    @Test
    void nothingBeyondTheWatermarkIsSeen() throws Exception {
        AtomicLong watermark = new AtomicLong();
        FollowOptions options =
                FollowOptions.defaults().withWatermark(watermark::get).withCheckInterval(Duration.ofSeconds(30));
        try (FollowFile file = FollowFile.create(path, table.schema(), table.batch(0), table.batch(1), table.batch(2));
                FollowRun run = FollowRun.of(path, options)) {
            long schemaEnd = table.schema().length;
            run.awaitRest();
            // There is no reader to be woken before the schema counts.
            watermark.set(schemaEnd);
            file.append(table.batch(3));
            run.thread().interrupt();
            run.failure(InterruptedIOException.class);
        }
        try (FollowRun run = FollowRun.of(path, options)) {
            run.reader();
            run.assertWaiting();
            long behindFirst = (long) table.schema().length + table.batch(0).length;
            watermark.set(behindFirst);
            run.reader().wakeUp();
            run.assertNext(0);
            watermark.set(behindFirst + table.batch(1).length - 1);
            run.reader().wakeUp();
            run.assertWaiting();
            watermark.set(Long.MAX_VALUE);
            run.reader().wakeUp();
            run.assertNext(1, 2, 3);
        }
    }

    @Test
    void aWatermarkThatNobodyTellsOfIsLookedAtInIntervals() throws Exception {
        AtomicLong watermark = new AtomicLong(table.schema().length);
        Files.write(path, table.whole());
        try (FollowRun run = FollowRun.of(path, FollowOptions.defaults().withWatermark(watermark::get))) {
            run.assertWaiting();
            watermark.set(Long.MAX_VALUE);
            run.assertNext(0, 1, 2, 3);
            run.assertEnd();
        }
    }

    @Test
    void anIncompleteMessageThatTheWatermarkHoldsBackDoesNotStall() throws Exception {
        AtomicLong clock = new AtomicLong();
        try (FollowFile file = FollowFile.create(path, table.schema());
                FollowRun run = FollowRun.of(
                        path,
                        FollowOptions.defaults()
                                .withWatermark(() -> table.schema().length)
                                .withNanoClock(clock::get))) {
            file.appendStart(table.batch(1), 100);
            run.assertWaiting();
            clock.addAndGet(Duration.ofHours(1).toNanos());
            run.assertWaiting();
        }
    }

    @Test
    void closingWakesAReaderThatWaits() throws Exception {
        try (FollowFile file = FollowFile.create(path, table.schema());
                FollowRun run =
                        FollowRun.of(path, FollowOptions.defaults().withCheckInterval(Duration.ofSeconds(30)))) {
            run.reader();
            run.awaitRest();
            long start = System.nanoTime();
            run.reader().close();
            run.reader().close();
            assertThat(run.failure(ClosedChannelException.class)).hasMessageContaining("growing.arrows] wait");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(file.size()).isPositive();
        }
    }

    @Test
    void stoppingEndsTheStreamAndLeavesTheBatch() throws Exception {
        Files.write(path, table.schema());
        try (FollowRun run = FollowRun.of(path)) {
            run.reader();
            run.awaitRest();
            run.reader().stop();
            run.assertEnd();
        }
        Files.write(path, table.whole());
        try (LightstreamMemory memory = LightstreamMemory.create();
                FollowedStream stream = FollowedStream.follow(path, memory.allocator(), FollowOptions.defaults())) {
            assertThat(stream.next()).isTrue();
            stream.stop();
            stream.stop();
            assertThat(stream.batch().column("number").getLong(0)).isZero();
            assertThat(stream.next()).isFalse();
        }
    }

    @Test
    void closingWakesAReaderThatWaitsForAWatermark() throws Exception {
        Files.write(path, table.whole());
        FollowOptions options = FollowOptions.defaults()
                .withWatermark(() -> table.schema().length)
                .withCheckInterval(Duration.ofSeconds(30));
        try (FollowRun run = FollowRun.of(path, options)) {
            run.reader();
            run.awaitRest();
            run.reader().close();
            run.failure(ClosedChannelException.class);
        }
    }

    @Test
    void anInterruptEndsTheWaiting() throws Exception {
        Files.write(path, table.schema());
        try (FollowRun run = FollowRun.of(path)) {
            run.reader();
            run.thread().interrupt();
            assertThat(run.failure(IOException.class))
                    .isInstanceOfAny(InterruptedIOException.class, ClosedChannelException.class);
        }
    }

    @Test
    void aMessageThatStaysIncompleteIsAnError() throws Exception {
        AtomicLong clock = new AtomicLong();
        FollowOptions options =
                FollowOptions.defaults().withNanoClock(clock::get).withStallTimeout(Duration.ofSeconds(10));
        try (FollowFile file = FollowFile.create(path, table.schema());
                FollowRun run = FollowRun.of(path, options)) {
            clock.addAndGet(Duration.ofDays(10).toNanos());
            run.assertWaiting();
            file.appendStart(table.batch(1), 600);
            run.assertWaiting();
            clock.addAndGet(Duration.ofSeconds(9).toNanos());
            run.assertWaiting();
            file.append(new byte[1]);
            run.assertWaiting();
            clock.addAndGet(Duration.ofSeconds(9).toNanos());
            run.assertWaiting();
            TruncatedStreamException stalled =
                    run.failureInTime(clock, Duration.ofSeconds(2), TruncatedStreamException.class);
            assertThat(stalled.position()).isEqualTo(file.size());
            assertThat(stalled)
                    .hasMessageMatching(".*growing.arrows @\\d+] body: expected \\d+ bytes, found \\d+, and no"
                            + " more for 10000 ms");
        }
    }

    @Test
    void waitingBetweenMessagesEndsOnlyWhereThatIsAskedFor() throws Exception {
        AtomicLong clock = new AtomicLong();
        FollowOptions options =
                FollowOptions.defaults().withNanoClock(clock::get).withIdleTimeout(Duration.ofSeconds(10));
        try (FollowFile file = FollowFile.create(path, table.schema());
                FollowRun run = FollowRun.of(path, options)) {
            run.assertWaiting();
            clock.addAndGet(Duration.ofSeconds(9).toNanos());
            file.append(table.batch(0));
            run.assertNext(0);
            clock.addAndGet(Duration.ofSeconds(9).toNanos());
            run.assertWaiting();
            assertThat(run.failureInTime(clock, Duration.ofSeconds(2), FollowTimeoutException.class)
                            .position())
                    .isEqualTo(file.size());
        }
    }

    @Test
    void aShortIdleTimeoutIsHowToPoll() throws Exception {
        FollowOptions options = FollowOptions.defaults().withIdleTimeout(Duration.ofMillis(5));
        try (LightstreamMemory memory = LightstreamMemory.create();
                FollowFile file = FollowFile.create(path, table.schema());
                FollowedStream stream = FollowedStream.follow(path, memory.allocator(), options)) {
            for (int i = 0; i < 3; i++) {
                for (int polls = 0; polls < 2; polls++) {
                    assertThatThrownBy(stream::next).isInstanceOf(FollowTimeoutException.class);
                    assertThatThrownBy(stream::batch).isInstanceOf(IllegalStateException.class);
                }
                file.append(table.batch(i));
                assertThat(stream.next()).isTrue();
                assertThat(stream.nextPosition()).isEqualTo(file.size());
            }
            file.append(table.end());
            assertThat(stream.next()).isFalse();
        }
    }

    @Test
    void aStreamMayBeContinuedOverTheMarkerOfItsEnd() throws Exception {
        try (FollowFile file = FollowFile.create(path, table.schema(), table.batch(0));
                FollowRun run = FollowRun.of(path, FollowOptions.defaults().withGoingOnPastEnd(true))) {
            run.assertNext(0);
            long end = file.size();
            file.append(table.end());
            run.assertWaiting();
            file.writeAt(end, table.batch(1));
            run.assertNext(1);
            end = file.size();
            file.append(table.end());
            run.assertWaiting();
            file.cutTo(end);
            file.append(table.batch(2), table.end());
            run.assertNext(2);
            run.assertWaiting();
        }
    }

    @Test
    void aReaderGoesOnWhereAnotherOneStood() throws Exception {
        Files.write(path, table.whole());
        long position;
        try (LightstreamMemory memory = LightstreamMemory.create();
                FollowedStream first = FollowedStream.follow(path, memory.allocator(), FollowOptions.defaults())) {
            assertThat(first.next()).isTrue();
            assertThat(first.next()).isTrue();
            position = first.nextPosition();
        }

        try (FollowRun run = FollowRun.of(path, FollowOptions.defaults().withStart(position))) {
            run.assertNext(2, 3);
            run.assertEnd();
        }
        try (FollowRun run = FollowRun.of(path, FollowOptions.defaults().withStart(position + 8))) {
            assertThat(run.failure(MalformedStreamException.class)).hasMessageContaining("at which to start");
        }
        try (FollowRun run = FollowRun.of(path, FollowOptions.defaults().withStart(1 << 20))) {
            assertThat(run.failure(RotatedFileException.class).change())
                    .isEqualTo(RotatedFileException.Change.TRUNCATED);
        }
    }

    @Test
    void aFileThatIsNotThereYetCanBeWaitedFor() throws Exception {
        FollowOptions waiting = FollowOptions.defaults().withWaitingForFile(true);
        try (FollowRun run = FollowRun.of(path, waiting)) {
            run.assertWaiting();
            try (FollowFile file = FollowFile.create(path)) {
                run.assertWaiting();
                file.append(table.whole());
                run.assertNext(0, 1, 2, 3);
                run.assertEnd();
            }
        }
        try (FollowRun run =
                FollowRun.of(folder.resolve("none/at all"), waiting.withIdleTimeout(Duration.ofMillis(200)))) {
            run.failure(FollowTimeoutException.class);
        }
    }

    @Test
    void whatIsNoStreamIsRefused() throws Exception {
        try (FollowRun run = FollowRun.of(folder.resolve("none"))) {
            run.failure(NoSuchFileException.class);
        }
        try (FollowRun run = FollowRun.of(folder)) {
            assertThat(run.failure(FileSystemException.class)).hasMessageContaining("is a directory");
        }
        try (LightstreamMemory memory = LightstreamMemory.create();
                RecordBatch batch = FollowTable.batch(memory, 1, 1);
                IpcFileWriter writer = IpcFileWriter.open(
                        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        batch.schema(),
                        IpcWriteOptions.defaults())) {
            writer.write(batch);
        }
        try (FollowRun run = FollowRun.of(path)) {
            assertThat(run.failure(MalformedStreamException.class))
                    .hasMessageContaining("expected an Arrow stream, found an Arrow file");
        }
        Path text = Files.writeString(folder.resolve("text"), "this is no Arrow at all, whatever it is");
        try (FollowRun run = FollowRun.of(text)) {
            run.failure(LimitExceededException.class);
        }
        Path batchFirst = Files.write(folder.resolve("headless"), table.batch(0));
        try (FollowRun run = FollowRun.of(batchFirst)) {
            assertThat(run.failure(MalformedStreamException.class)).hasMessageContaining("first message");
        }
        Path twoSchemas = Files.write(folder.resolve("two"), table.schema());
        Files.write(twoSchemas, table.schema(), StandardOpenOption.APPEND);
        try (FollowRun run = FollowRun.of(twoSchemas)) {
            assertThat(run.failure(MalformedStreamException.class).position()).isEqualTo(table.schema().length);
        }
        Path ended = Files.write(folder.resolve("ended"), table.end());
        try (FollowRun run = FollowRun.of(ended)) {
            run.failure(MalformedStreamException.class);
        }
    }

    @Test
    void aFailedReaderHasGivenUpItsMemoryAndStaysFailed() throws Exception {
        FollowTable large = FollowTable.of(1, 100_000);
        Files.write(path, large.whole());
        ReadLimits limits = ReadLimits.defaults().withMaxBodyBytes(100_000);
        FollowOptions options =
                FollowOptions.defaults().withReading(IpcReadOptions.defaults().withLimits(limits));
        try (LightstreamMemory memory = LightstreamMemory.create();
                FollowedStream stream = FollowedStream.follow(path, memory.allocator(), options)) {
            assertThat(stream.next()).isTrue();
            assertThatThrownBy(stream::next).isInstanceOf(LimitExceededException.class);
            assertThat(memory.allocator().getAllocatedMemory()).isZero();
            assertThatThrownBy(stream::next).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(stream::batch).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void columnsAreChosen() throws Exception {
        Files.write(path, table.whole());
        try (LightstreamMemory memory = LightstreamMemory.create();
                FollowedStream stream = FollowedStream.follow(
                        path,
                        memory.allocator(),
                        FollowOptions.defaults()
                                .withReading(IpcReadOptions.defaults().withColumns("text")))) {
            assertThat(stream.schema().columnCount()).isEqualTo(1);
            assertThat(stream.fullSchema().columnCount()).isEqualTo(2);
            assertThat(stream.next()).isTrue();
            assertThat(stream.batch().column(0).getString(0)).isEqualTo("batch 0");
            assertThatThrownBy(() -> FollowedStream.follow(
                            path,
                            memory.allocator(),
                            FollowOptions.defaults()
                                    .withReading(IpcReadOptions.defaults().withColumns("nobody"))))
                    .isInstanceOf(ColumnSelectionException.class);
        }
    }

    @Test
    void nothingIsBurntWhileWaiting() throws Exception {
        Files.write(path, table.schema());
        try (FollowRun run = FollowRun.of(path)) {
            run.assertWaiting();
            long before = cpuNanos(run.thread());
            Thread.sleep(2000);
            // 2 % of one processor.
            assertThat(Duration.ofNanos(cpuNanos(run.thread()) - before)).isLessThan(Duration.ofMillis(40));
            run.assertWaiting();
        }
    }

    /** Of the thread that waits and of those of the JDK's watch services. */
    private static long cpuNanos(Thread waiting) {
        var threads = ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread == waiting || isWatching(thread))
                .mapToLong(thread -> Math.max(0, threads.getThreadCpuTime(thread.getId())))
                .sum();
    }

    private static boolean isWatching(Thread thread) {
        return thread.getName().contains("FileSystemWatch");
    }

    @Test
    void noThreadAndNoFileIsLeftBehind() throws Exception {
        Files.write(path, table.whole());
        long files = openFiles();
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            for (int i = 0; i < 50; i++) {
                FollowedStream.follow(path, memory.allocator(), FollowOptions.defaults())
                        .close();
            }
        }
        await().untilAsserted(() -> {
            assertThat(openFiles()).isLessThan(files + 10);
            assertThat(Thread.getAllStackTraces().keySet()).noneMatch(FollowedStreamTest::isWatching);
        });
    }

    private static long openFiles() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        } catch (NoSuchFileException e) {
            return 0; // no such thing on this system
        }
    }
}
