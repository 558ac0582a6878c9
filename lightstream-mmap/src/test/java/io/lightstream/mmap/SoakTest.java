package io.lightstream.mmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.ipc.Compression;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Opens, reads and closes many files by many threads. {@code -Dlightstream.mappings=100000} for a long time. */
class SoakTest extends MemoryCheck {
    private static final int ROUNDS = Integer.getInteger("lightstream.mappings", 5_000);
    private static final int FILES = 200;
    private static final int THREADS = 8;
    /** What a JVM at work may take and keep on its own: heap, code, stacks. */
    private static final long SLACK_BYTES = 200L << 20;

    @Test
    @SuppressWarnings("SystemOut") // the one figure of the run
    void nothingGrows() throws Exception {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            Compression compression = i % 10 == 0 ? Compression.LZ4_FRAME : Compression.NONE;
            files.add(Small.write(folder.resolve(i + ".arrow"), memory, compression));
        }
        run(files, ROUNDS / 10);
        long before = OwnProcess.status("VmRSS");
        long start = System.nanoTime();
        run(files, ROUNDS);
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println("SoakTest: " + ROUNDS + " rounds in " + millis + " ms, " + Runtime.version() + ", resident "
                + (OwnProcess.status("VmRSS") - before >> 10) + " KiB more");
        assertThat(OwnProcess.descriptorsOf(folder)).isZero();
        assertThat(OwnProcess.mappingsBelow(folder)).isZero();
        assertThat(OwnProcess.status("VmRSS")).isLessThan(before + SLACK_BYTES);
    }

    private void run(List<Path> files, int rounds) throws Exception {
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> users = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                users.add(threads.submit(() -> {
                    for (int round = next.getAndIncrement(); round < rounds; round = next.getAndIncrement()) {
                        use(files.get(round % FILES));
                    }
                    return null;
                }));
            }
            for (Future<?> user : users) {
                user.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void use(Path path) throws Exception {
        RecordBatch last;
        try (MappedArrowFile file = MappedArrowFile.open(path, memory.allocator(), MapOptions.defaults())) {
            assertThat(file.next()).isTrue();
            assertThat(file.batch().column("id").longs().get(2)).isEqualTo(3);
            last = file.batch(1);
        }
        try (last) {
            assertThat(last.column("kind").getString(1)).isEqualTo("y");
        }
    }
}
