package peers;

import java.nio.file.Path;
import java.util.Arrays;
import org.apache.arrow.dataset.file.FileFormat;
import org.apache.arrow.dataset.file.FileSystemDatasetFactory;
import org.apache.arrow.dataset.jni.NativeMemoryPool;
import org.apache.arrow.dataset.scanner.ScanOptions;
import org.apache.arrow.dataset.scanner.Scanner;
import org.apache.arrow.dataset.source.Dataset;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * Opens a file as a dataset of Arrow C++ until the columns of batches are there, and closes it. A scan goes from the first
 * batch to the last and cannot skip what lies between.
 */
final class Opening implements AutoCloseable {
    private static final long STRIDE = 7_919;
    /** Larger than any batch: the scan shall not cut them. */
    private static final long ROWS_PER_BATCH = 1L << 30;

    private final BufferAllocator allocator = new RootAllocator();
    private final String uri;
    private final boolean all;
    private long step;
    private long sum;

    /** Reaches the columns of all batches, or of the first and the last. */
    Opening(String path, boolean all) {
        this.uri = Path.of(path).toUri().toString();
        this.all = all;
    }

    /** Times opening or closing; the answer has the median, as of one step. */
    String run(int steps, boolean timesClosing) throws Exception {
        long[] nanos = new long[steps];
        for (int i = 0; i < steps; i++) {
            nanos[i] = step(timesClosing);
        }
        Arrays.sort(nanos);
        String answer = "done 1 " + nanos[steps / 2] + " " + sum;
        step = 0;
        sum = 0;
        return answer;
    }

    private long step(boolean timesClosing) throws Exception {
        long start = System.nanoTime();
        long opened;
        try (FileSystemDatasetFactory factory = new FileSystemDatasetFactory(
                        allocator, NativeMemoryPool.getDefault(), FileFormat.ARROW_IPC, uri);
                Dataset dataset = factory.finish();
                Scanner scanner = dataset.newScan(new ScanOptions(ROWS_PER_BATCH));
                ArrowReader reader = scanner.scanBatches()) {
            scan(reader);
            opened = System.nanoTime();
        }
        return timesClosing ? System.nanoTime() - opened : opened - start;
    }

    private void scan(ArrowReader reader) throws Exception {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        long probed = 0;
        long lengths = 0;
        for (boolean first = true; reader.loadNextBatch(); first = false) {
            lengths = lengths(root);
            if (all || first) {
                sum += lengths;
            }
            probed = probe(root);
        }
        sum += probed + (all ? 0 : lengths);
        step++;
    }

    private static long lengths(VectorSchemaRoot root) {
        long lengths = 0;
        for (FieldVector vector : root.getFieldVectors()) {
            lengths += vector.getValueCount();
        }
        return lengths;
    }

    private long probe(VectorSchemaRoot root) {
        int row = (int) (step * STRIDE % root.getRowCount());
        return ((BigIntVector) root.getVector(0)).get(row)
                + (long) ((Float8Vector) root.getVector(1)).get(row)
                + ((UInt4Vector) root.getVector(2)).get(row)
                + ((BitVector) root.getVector(3)).get(row);
    }

    @Override
    public void close() {
        allocator.close();
    }
}
