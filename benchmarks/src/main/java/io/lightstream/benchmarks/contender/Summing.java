package io.lightstream.benchmarks.contender;

import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import io.lightstream.mmap.MappedArrowFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Sums up the first column of a mapped file, again and again. */
final class Summing {
    private Summing() {}

    static void run(Requests requests, String column, Path path) throws IOException {
        List<RecordBatch> batches = new ArrayList<>();
        try (MappedArrowFile file = MappedArrowFile.open(path)) {
            for (int i = 0; i < file.batchCount(); i++) {
                batches.add(file.batch(i));
            }
        }
        // The batches outlive the file.
        List<Column> columns = batches.stream().map(batch -> batch.column(0)).toList();
        switch (column) {
            case "int64" -> run(requests, () -> longs(columns));
            case "float64-nulls" -> run(requests, () -> (long) doubles(columns));
            default -> throw new IllegalArgumentException("unknown column: " + column);
        }
        batches.forEach(RecordBatch::close);
    }

    private static void run(Requests requests, LongSupplier pass) throws IOException {
        requests.ready();
        for (long passes = requests.next(); passes >= 0; passes = requests.next()) {
            long sum = 0;
            long start = System.nanoTime();
            for (long i = 0; i < passes; i++) {
                sum += pass.getAsLong();
            }
            requests.done(passes, System.nanoTime() - start, sum);
        }
    }

    private static long longs(List<Column> columns) {
        long sum = 0;
        for (Column column : columns) {
            sum += ColumnSums.longs(column);
        }
        return sum;
    }

    private static double doubles(List<Column> columns) {
        double sum = 0;
        for (Column column : columns) {
            sum += ColumnSums.doubles(column);
        }
        return sum;
    }
}
