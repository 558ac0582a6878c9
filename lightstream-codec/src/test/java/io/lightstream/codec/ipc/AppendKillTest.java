package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Appenders in processes of their own, killed (SIGKILL) at any moment: no batch that a footer listed is ever lost. */
class AppendKillTest {
    private static final int KILLS = Integer.getInteger("lightstream.kills", 100);
    private static final int STREAM_KILLS = KILLS / 10;
    /** Appended before the appender dies, at most. */
    private static final int MOST_BYTES = 64 << 10;

    private final LightstreamMemory memory = LightstreamMemory.create();

    @TempDir
    Path folder;

    @AfterEach
    void nothingIsHeld() {
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
    }

    @Test
    void filesComeBackAfterEachKill() throws Exception {
        Path path = folder.resolve("log.arrow");
        write(IpcFileWriter.open(create(path), AppendingProcess.SCHEMA, IpcWriteOptions.defaults()));
        Random random = new Random(4);
        int batches = 0;
        int cuts = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            kill(path, random, String.valueOf(kill));
            byte[] before = Files.readAllBytes(path);
            RecoveryReport report = IpcFileRecovery.recover(path, memory.allocator());
            assertThat(report.keptBatches())
                    .as("batches a footer listed, kill " + kill)
                    .isGreaterThanOrEqualTo(batches);
            batches = report.batches();
            cuts += report.isWhole() ? 0 : 1;
            byte[] after = Files.readAllBytes(path);
            int kept = (int) report.keptSize();
            assertThat(Arrays.equals(before, 0, kept, after, 0, kept)).isTrue();
            check(path, batches);
        }
        assertThat(batches).as("the appenders worked").isGreaterThan(KILLS);
        assertThat(cuts).as("some were killed while they wrote").isPositive();
        System.out.printf("%d kills, %d of them in an append, %d batches in the end%n", KILLS, cuts, batches);
    }

    private void check(Path path, int count) throws IOException {
        try (IpcFileReader reader = IpcFileReader.open(
                FileChannel.open(path),
                memory.allocator(),
                IpcReadOptions.defaults().withSource("log"))) {
            assertThat(reader.batchCount()).isEqualTo(count);
            check(reader, count);
        }
    }

    private void check(BatchReader reader, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            assertThat(reader.next()).isTrue();
            try (RecordBatch expected = AppendingProcess.batch(i, memory.allocator())) {
                assertThat(BatchComparison.compare(expected, reader.batch())).isEmpty();
            }
        }
        assertThat(reader.next()).isFalse();
    }

    @Test
    void streamsGoOnAfterEachKill() throws Exception {
        Path path = folder.resolve("log.arrows");
        write(IpcStreamWriter.open(create(path), AppendingProcess.SCHEMA, IpcWriteOptions.defaults()));
        Path sealed = folder.resolve("sealed.arrow");
        Random random = new Random(5);
        int batches = 0;
        for (int kill = 0; kill < STREAM_KILLS; kill++) {
            kill(path, random, String.valueOf(kill), "stream");
            IpcSealOptions cutting = IpcSealOptions.defaults().withCutsTornEnd(true);
            int found = IpcStreamSeal.seal(path, sealed, memory.allocator(), cutting)
                    .recordBatches()
                    .size();
            assertThat(found).isGreaterThanOrEqualTo(batches);
            batches = found;
            check(sealed, batches);
        }
        assertThat(batches).isGreaterThan(STREAM_KILLS);
    }

    private void write(BatchWriter opened) throws IOException {
        try (opened;
                RecordBatch batch = AppendingProcess.batch(0, memory.allocator())) {
            opened.write(batch);
        }
    }

    private static FileChannel create(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }

    /** Kills an appender once the file has grown by some bytes, however long that takes. */
    private static void kill(Path path, Random random, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                AppendingProcess.class.getName(),
                path.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.readLine()).isEqualTo("begins");
            long end = Files.size(path) + random.nextInt(MOST_BYTES);
            while (Files.size(path) < end && process.isAlive()) {
                TimeUnit.MICROSECONDS.sleep(random.nextInt(200));
            }
        } finally {
            process.destroyForcibly();
        }
        // 128 + SIGKILL: it had not ended by itself.
        assertThat(process.waitFor()).isEqualTo(137);
    }
}
