package io.lightstream.mmap.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.compare.ReaderComparison;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every golden stream, appended in pieces by another thread, is read as when it is read at once. */
class FollowGoldenTest {
    @TempDir
    Path folder;

    static List<Path> golden() throws IOException {
        String named = System.getenv("LIGHTSTREAM_CORPORA");
        Path corpora = named != null
                ? Path.of(named)
                : Path.of(System.getProperty("lightstream.root", "..")).resolve("../shared/corpora");
        Path root = corpora.resolve("arrow-testing/data/arrow-ipc-stream/integration");
        assumeTrue(Files.isDirectory(root), () -> "no corpora at " + root.toAbsolutePath());
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".stream"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    @Timeout(60)
    void appendedInPieces(Path golden) throws Exception {
        Path growing = folder.resolve("growing");
        byte[] bytes = Files.readAllBytes(golden);
        Thread follower = Thread.currentThread();
        FutureTask<Void> writing = new FutureTask<>(() -> append(bytes, growing, follower), null);
        Thread writer = new Thread(writing, "writer");
        writer.start();
        FollowOptions options = FollowOptions.defaults().withWaitingForFile(true);
        try (LightstreamMemory memory = LightstreamMemory.create();
                BatchReader found = FollowedStream.follow(growing, memory.allocator(), options);
                BatchReader expected =
                        IpcStreamReader.open(FileChannel.open(golden), memory.allocator(), IpcReadOptions.defaults())) {
            assertThat(ReaderComparison.compare(expected, found)).isEmpty();
        }
        writing.get();
    }

    /** Pieces of all sizes, some of them only when the follower has seen the one before. */
    private static void append(byte[] bytes, Path path, Thread follower) {
        Random random = new Random(bytes.length);
        try (FollowFile file = FollowFile.create(path)) {
            for (int done = 0; done < bytes.length; ) {
                int count = Math.min(bytes.length - done, 1 + random.nextInt(1 << random.nextInt(12)));
                file.append(Arrays.copyOfRange(bytes, done, done + count));
                done += count;
                if (done < bytes.length && random.nextInt(30) == 0) {
                    FollowRun.awaitRest(follower);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
