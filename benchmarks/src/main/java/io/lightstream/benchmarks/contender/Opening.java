package io.lightstream.benchmarks.contender;

import io.lightstream.codec.RecordBatch;
import io.lightstream.mmap.MappedArrowFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Opens a file until the columns of batches are there, and closes it. */
final class Opening {
    private final Path path;
    private final boolean all;
    private final FileProbe probe = new FileProbe();

    /** Opens all batches, or the first and the last. */
    Opening(Path path, boolean all) {
        this.path = path;
        this.all = all;
    }

    /** What is there after opening the file once. */
    long once() throws IOException {
        try (MappedArrowFile file = MappedArrowFile.open(path)) {
            RecordBatch[] batches = open(file);
            probe.touch(batches[batches.length - 1]);
            close(batches);
        }
        return probe.take();
    }

    /** Times opening or closing. A request's time is the median, as of one step. */
    void run(Requests requests, boolean timesClosing) throws IOException {
        requests.ready();
        for (long steps = requests.next(); steps >= 0; steps = requests.next()) {
            long[] nanos = new long[Math.toIntExact(steps)];
            for (int step = 0; step < nanos.length; step++) {
                long start = System.nanoTime();
                MappedArrowFile file = MappedArrowFile.open(path);
                RecordBatch[] batches = open(file);
                long opened = System.nanoTime();
                probe.touch(batches[batches.length - 1]);
                long touched = System.nanoTime();
                close(batches);
                file.close();
                nanos[step] = timesClosing ? System.nanoTime() - touched : opened - start;
            }
            Arrays.sort(nanos);
            requests.done(1, nanos[nanos.length / 2], probe.take());
        }
    }

    /** The batches, whose columns were reached. */
    private RecordBatch[] open(MappedArrowFile file) throws IOException {
        RecordBatch[] batches = new RecordBatch[all ? file.batchCount() : 2];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = file.batch(all || i == 0 ? i : file.batchCount() - 1);
            probe.reach(batches[i]);
        }
        return batches;
    }

    private static void close(RecordBatch[] batches) {
        for (RecordBatch batch : batches) {
            batch.close();
        }
    }
}
