package peers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.util.TransferPair;

/** Sums up the first column of a file row by row; it was loaded before the clock starts. */
final class Summing {
    private Summing() {}

    static void run(Requests requests, BufferAllocator allocator, String column, Path path) throws IOException {
        List<FieldVector> vectors = load(path, allocator);
        requests.ready("");
        for (long passes = requests.next(); passes >= 0; passes = requests.next()) {
            long sum = 0;
            long start = System.nanoTime();
            for (long i = 0; i < passes; i++) {
                sum += column.equals("int64") ? longs(vectors) : (long) doubles(vectors);
            }
            requests.done(passes, System.nanoTime() - start, sum);
        }
    }

    private static List<FieldVector> load(Path path, BufferAllocator allocator) throws IOException {
        List<FieldVector> vectors = new ArrayList<>();
        try (ArrowFileReader reader = new ArrowFileReader(FileChannel.open(path), allocator)) {
            while (reader.loadNextBatch()) {
                TransferPair pair = reader.getVectorSchemaRoot().getVector(0).getTransferPair(allocator);
                pair.transfer();
                vectors.add((FieldVector) pair.getTo());
            }
        }
        return vectors;
    }

    private static long longs(List<FieldVector> vectors) {
        long sum = 0;
        for (FieldVector vector : vectors) {
            sum += sum((BigIntVector) vector);
        }
        return sum;
    }

    private static long sum(BigIntVector vector) {
        long sum = 0;
        for (int row = 0; row < vector.getValueCount(); row++) {
            sum += vector.get(row);
        }
        return sum;
    }

    private static double doubles(List<FieldVector> vectors) {
        double sum = 0;
        for (FieldVector vector : vectors) {
            sum += sum((Float8Vector) vector);
        }
        return sum;
    }

    private static double sum(Float8Vector vector) {
        double sum = 0;
        for (int row = 0; row < vector.getValueCount(); row++) {
            if (!vector.isNull(row)) {
                sum += vector.get(row);
            }
        }
        return sum;
    }
}
