package io.lightstream.mmap;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.ipc.Compression;
import io.lightstream.codec.memory.LightstreamMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Opens, reads and closes many files by many threads; in a JVM of its own, whose heap is too small to hide what grows. Arguments:
 * a folder, and how often. Prints how many descriptors, mappings and bytes stay.
 */
final class SoakProbe {
    private static final int FILES = 200;
    private static final int THREADS = 8;

    private SoakProbe() {}

    @SuppressWarnings("SystemOut") // that is how it reports
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int rounds = Integer.parseInt(args[1]);
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            List<Path> files = new ArrayList<>();
            for (int i = 0; i < FILES; i++) {
                Compression compression = i % 10 == 0 ? Compression.LZ4_FRAME : Compression.NONE;
                files.add(Small.write(folder.resolve(i + ".arrow"), memory, compression));
            }
            run(files, rounds / 10, memory);
            long resident = OwnProcess.residentBytes();
            run(files, rounds, memory);
            System.out.println(OwnProcess.descriptorsOf(folder) + " " + OwnProcess.mappingsBelow(folder) + " "
                    + memory.allocator().getAllocatedMemory() + " " + (OwnProcess.residentBytes() - resident));
        }
    }

    private static void run(List<Path> files, int rounds, LightstreamMemory memory) throws Exception {
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> users = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                users.add(threads.submit(() -> {
                    for (int round = next.getAndIncrement(); round < rounds; round = next.getAndIncrement()) {
                        use(files.get(round % FILES), memory);
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

    private static void use(Path path, LightstreamMemory memory) throws Exception {
        RecordBatch last;
        try (MappedArrowFile file = MappedArrowFile.open(path, memory.allocator(), MapOptions.defaults())) {
            if (!file.next() || file.batch().column("id").longs().get(2) != 3) {
                throw new AssertionError("other values in " + path);
            }
            last = file.batch(1);
        }
        try (last) {
            if (!last.column("kind").getString(1).equals("y")) {
                throw new AssertionError("other values in " + path);
            }
        }
    }
}
