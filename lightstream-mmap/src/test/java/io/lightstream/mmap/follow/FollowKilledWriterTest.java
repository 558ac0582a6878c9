package io.lightstream.mmap.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file is followed whose writers are other JVMs. */
@Timeout(300)
class FollowKilledWriterTest {
    private static final int KILLS = 50;
    /** At least so many of them in the middle of a message. */
    private static final int TORN = KILLS / 4;

    private static final int MOST_QUIET_MILLIS = 20_000;
    private static final int PACED_BATCHES = 2000;
    private static final int PACED_MICROS = 1000;

    @TempDir
    Path folder;

    @Test
    void noBatchIsTornRepeatedOrLostWhereWritersAreKilled() throws Exception {
        Path path = folder.resolve("growing.arrows");
        AtomicLong seen = new AtomicLong();
        Random random = new Random(4);
        int kills = 0;
        int torn = 0;
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            Process first = start(path, Integer.MAX_VALUE, 0);
            FollowedStream stream = FollowedStream.follow(
                    path, memory.allocator(), FollowOptions.defaults().withWaitingForFile(true));
            FutureTask<Void> following = new FutureTask<>(() -> follow(stream, seen), null);
            Thread reader = new Thread(following, "follower");
            reader.start();
            kill(first, random);
            // How many die in the middle of a message depends on the machine.
            while (++kills < KILLS || torn < TORN && kills < 20 * KILLS) {
                torn += kill(start(path, Integer.MAX_VALUE, 0), random);
                assertThat(following.isDone()).isFalse();
            }
            // One more, that lives: cuts off what the last one left, and goes on.
            assertThat(start(path, 10, 0).waitFor()).isZero();
            long complete = completeBatches(path);
            awaitProgress(() -> seen.get() == complete || following.isDone(), seen);
            stream.close();
            following.get(10, TimeUnit.SECONDS);
            assertThat(seen.get()).isEqualTo(complete);
            assertThat(torn).as("writers that died in the middle of a message").isGreaterThanOrEqualTo(TORN);
            System.out.println("followed " + complete + " batches of " + kills + " killed writers, " + torn
                    + " of which were in the middle of a message");
        }
    }

    /** Waits as long as the follower gets on: how fast it is depends on the machine. */
    private static void awaitProgress(BooleanSupplier done, AtomicLong seen) throws InterruptedException {
        long last = -1;
        int quiet = 0;
        while (!done.getAsBoolean() && quiet < MOST_QUIET_MILLIS) {
            Thread.sleep(1);
            long now = seen.get();
            quiet = now == last ? quiet + 1 : 0;
            last = now;
        }
    }

    /** Reads until the reader is closed. */
    private static void follow(FollowedStream stream, AtomicLong seen) {
        try {
            while (stream.next()) {
                RecordBatch batch = stream.batch();
                List<Long> values = longs(batch, "values");
                assertThat(longs(batch, "number")).containsOnly(seen.get());
                assertThat(longs(batch, "checksum")).containsOnly(FollowWriter.checksum(values));
                seen.incrementAndGet();
            }
        } catch (ClosedChannelException e) {
            return;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("the stream has ended");
    }

    private static List<Long> longs(RecordBatch batch, String name) {
        Column column = batch.column(name);
        return LongStream.range(0, batch.rowCount()).mapToObj(column::getLong).toList();
    }

    private static long completeBatches(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            return FollowWriter.completeMessages(file)[1];
        }
    }

    @Test
    void latencyFromAppendToDelivery() throws Exception {
        Path path = folder.resolve("growing.arrows");
        long[] nanos = new long[PACED_BATCHES];
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            Process writer = start(path, PACED_BATCHES, PACED_MICROS);
            try (FollowedStream stream = FollowedStream.follow(
                    path, memory.allocator(), FollowOptions.defaults().withWaitingForFile(true))) {
                for (int i = 0; i < PACED_BATCHES; i++) {
                    assertThat(stream.next()).isTrue();
                    // Both JVMs ask the same clock of the system; where they did not, this would be nonsense, and show.
                    nanos[i] =
                            System.nanoTime() - stream.batch().column("nanos").getLong(0);
                }
            }
            assertThat(writer.waitFor()).isZero();
        }
        long[] warm = Arrays.stream(nanos).skip(PACED_BATCHES / 2).sorted().toArray();
        System.out.printf(
                "append to delivery: median %.3f ms, p99 %.3f ms, longest %.3f ms%n",
                warm[warm.length / 2] / 1e6, warm[warm.length * 99 / 100] / 1e6, warm[warm.length - 1] / 1e6);
        // The goal is 1 ms; a machine that has other things to do must not fail the build.
        assertThat(Duration.ofNanos(warm[warm.length / 2])).isLessThan(Duration.ofMillis(20));
    }

    private static Process start(Path path, int batches, int pauseMicros) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FollowWriter.class.getName(),
                path.toString(),
                String.valueOf(batches),
                String.valueOf(pauseMicros)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Kills it at some time after it has begun to write; whether the one before it had died in the middle of a message. */
    private static int kill(Process writer, Random random) throws IOException, InterruptedException {
        try (BufferedReader out = writer.inputReader()) {
            String said = out.readLine();
            assertThat(said).startsWith("writing behind ");
            TimeUnit.MICROSECONDS.sleep(random.nextInt(60_000));
            writer.destroyForcibly().waitFor();
            assertThat(writer.exitValue()).isEqualTo(128 + 9);
            return said.endsWith(" 0") ? 0 : 1;
        }
    }
}
