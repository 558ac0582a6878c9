package io.lightstream.benchmarks.contender;

import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import io.lightstream.mmap.MappedArrowFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

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
        ToLongFunction<List<Column>> pass =
                switch (column) {
                    case "int64" -> all -> sumOfLongs(all, ColumnSums::longs);
                    case "float64-nulls" -> all -> (long) sumOfDoubles(all, ColumnSums::doubles);
                    default -> throw new IllegalArgumentException("unknown column: " + column);
                };
        run(requests, columns, pass);
        batches.forEach(RecordBatch::close);
    }

    private static void run(Requests requests, List<Column> columns, ToLongFunction<List<Column>> pass)
            throws IOException {
        requests.ready();
        for (long passes = requests.next(); passes >= 0; passes = requests.next()) {
            long sum = 0;
            long start = System.nanoTime();
            for (long i = 0; i < passes; i++) {
                sum += pass.applyAsLong(columns);
            }
            requests.done(passes, System.nanoTime() - start, sum);
        }
    }

    private static long sumOfLongs(List<Column> columns, ToLongFunction<Column> sum) {
        long total = 0;
        for (Column column : columns) {
            total += sum.applyAsLong(column);
        }
        return total;
    }

    private static double sumOfDoubles(List<Column> columns, ToDoubleFunction<Column> sum) {
        double total = 0;
        for (Column column : columns) {
            total += sum.applyAsDouble(column);
        }
        return total;
    }
}
