package io.lightstream.mmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.Validation;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.ipc.Compression;
import io.lightstream.codec.ipc.Ipc;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.ipc.RandomBatches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Random tables come back from mapped files and streams, in any order, by columns, by several threads, in small windows. */
class RandomMappingTest extends MemoryCheck {
    private static final int COUNT = Integer.getInteger("lightstream.roundTrips", 200);
    private static final long SEED = Long.getLong("lightstream.seed", 20_261_121L);
    private static final MapOptions FULL = MapOptions.defaults().withValidation(Validation.FULL_UTF8);
    private static final List<Compression> COMPRESSIONS =
            List.of(Compression.NONE, Compression.LZ4_FRAME, Compression.ZSTD);

    @FunctionalInterface
    private interface Check {
        void run(RandomBatches data, Path path, Random random) throws Exception;
    }

    private void each(int count, Check check) {
        for (long seed = SEED; seed < SEED + count; seed++) {
            try (RandomBatches data = new RandomBatches(seed, memory.allocator())) {
                Compression compression = COMPRESSIONS.get((int) (seed % 3));
                IpcWriteOptions options =
                        IpcWriteOptions.defaults().withCompression(compression).withDictionaryDeltas(seed % 2 == 0);
                check.run(
                        data,
                        Files.write(folder.resolve("stream"), Ipc.stream(data.schema(), options, data.batches())),
                        new Random(seed));
                check.run(data, file(data, options), new Random(seed));
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e, e);
            }
        }
    }

    /** A file takes no dictionaries that are replaced by others, which such a table may have. */
    private Path file(RandomBatches data, IpcWriteOptions options) throws IOException {
        return Files.write(folder.resolve("file"), Ipc.file(data.schema(), options, data.batches()));
    }

    @Test
    void inAnyOrder() {
        each(COUNT, (data, path, random) -> {
            for (boolean realign : new boolean[] {false, true}) {
                try (MappedArrowFile file = MappedArrowFile.open(path, memory.allocator(), FULL.withRealign(realign))) {
                    assertThat(file.schema()).isEqualTo(data.schema());
                    for (int i = 0; i < 2 * data.batches().size(); i++) {
                        check(data, file, random.nextInt(data.batches().size()));
                    }
                    assertThat(file.batchCount()).isEqualTo(data.batches().size());
                    for (int i = 0; i < file.batchCount(); i++) {
                        assertThat(file.next()).isTrue();
                        check(data.batches().get(i), file.batch());
                        // What is stored as it is behind the prefix of a compressed buffer lies where it lies.
                        assertThat(!realign || file.batch().aligned()).isTrue();
                        check(data, file, random.nextInt(file.batchCount()));
                        check(data.batches().get(i), file.batch());
                    }
                    assertThat(file.next()).isFalse();
                }
            }
        });
    }

    @Test
    void inSmallWindows() {
        each(COUNT / 2, (data, path, random) -> {
            long longest = longestBuffer(data) + 1 + random.nextInt(5_000);
            try (MappedArrowFile file = MappedArrowFile.open(path, memory::allocator, FULL, longest)) {
                for (int i = data.batches().size() - 1; i >= 0; i--) {
                    check(data, file, i);
                }
            }
        });
    }

    /** No buffer is longer than all of a batch in a stream without compression. */
    private static long longestBuffer(RandomBatches data) {
        return Ipc.stream(data.schema(), IpcWriteOptions.defaults(), data.batches()).length;
    }

    @Test
    void byColumns() {
        each(COUNT / 2, (data, path, random) -> {
            int column = random.nextInt(data.schema().columnCount());
            String name = data.schema().field(column).name();
            if (data.schema().names().stream().filter(name::equals).count() > 1) {
                return;
            }
            try (MappedArrowFile file = MappedArrowFile.open(path, memory.allocator(), FULL.withColumns(name))) {
                for (int i = data.batches().size() - 1; i >= 0; i--) {
                    try (RecordBatch expected = data.batches().get(i).select(column);
                            RecordBatch found = file.batch(i)) {
                        check(expected, found);
                    }
                }
            }
        });
    }

    @Test
    void bySeveralThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            each(COUNT / 10, (data, path, random) -> {
                try (MappedArrowFile file = MappedArrowFile.open(path, memory.allocator(), FULL)) {
                    List<Callable<Void>> users = new ArrayList<>();
                    for (int thread = 0; thread < 4; thread++) {
                        Random own = new Random(random.nextLong());
                        users.add(() -> {
                            for (int i = 0; i < 20 && !data.batches().isEmpty(); i++) {
                                check(data, file, own.nextInt(data.batches().size()));
                            }
                            return null;
                        });
                    }
                    for (Future<Void> user : threads.invokeAll(users)) {
                        user.get();
                    }
                }
            });
        } finally {
            threads.shutdownNow();
        }
    }

    private static void check(RandomBatches data, MappedArrowFile file, int number) throws IOException {
        try (RecordBatch batch = file.batch(number)) {
            check(data.batches().get(number), batch);
        }
    }

    private static void check(RecordBatch expected, RecordBatch found) {
        assertThat(BatchComparison.compare(expected, found)).isEmpty();
        assertThat(found.metadata()).isEqualTo(expected.metadata());
    }
}
