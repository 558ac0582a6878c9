package peers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.message.ArrowBlock;

/** Opens a file until the columns of batches are there, and closes it. */
final class Opening {
    private static final long STRIDE = 7_919;

    private final BufferAllocator allocator;
    private final Path path;
    private final boolean all;
    private long step;
    private long sum;

    /** Opens all batches, or the first and the last. */
    Opening(BufferAllocator allocator, Path path, boolean all) {
        this.allocator = allocator;
        this.path = path;
        this.all = all;
    }

    long once() throws IOException {
        try (ArrowFileReader reader = open()) {
            load(reader);
            touch(reader.getVectorSchemaRoot());
        }
        return sum;
    }

    /** Times opening or closing. A request's time is the median, as of one step. */
    void run(Requests requests, boolean timesClosing) throws IOException {
        requests.ready("");
        for (long steps = requests.next(); steps >= 0; steps = requests.next()) {
            long[] nanos = new long[Math.toIntExact(steps)];
            for (int i = 0; i < nanos.length; i++) {
                long start = System.nanoTime();
                ArrowFileReader reader = open();
                load(reader);
                long opened = System.nanoTime();
                touch(reader.getVectorSchemaRoot());
                long touched = System.nanoTime();
                reader.close();
                nanos[i] = timesClosing ? System.nanoTime() - touched : opened - start;
            }
            Arrays.sort(nanos);
            requests.done(1, nanos[nanos.length / 2], sum);
            step = 0;
            sum = 0;
        }
    }

    private ArrowFileReader open() throws IOException {
        return new ArrowFileReader(FileChannel.open(path), allocator);
    }

    /** A reader has one batch at a time. */
    private void load(ArrowFileReader reader) throws IOException {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        List<ArrowBlock> blocks = reader.getRecordBlocks();
        List<ArrowBlock> wanted = all ? blocks : List.of(blocks.get(0), blocks.get(blocks.size() - 1));
        for (ArrowBlock block : wanted) {
            reader.loadRecordBatch(block);
            for (FieldVector vector : root.getFieldVectors()) {
                sum += vector.getValueCount();
            }
        }
    }

    private void touch(VectorSchemaRoot root) {
        int row = (int) (step++ * STRIDE % root.getRowCount());
        sum += ((BigIntVector) root.getVector(0)).get(row)
                + (long) ((Float8Vector) root.getVector(1)).get(row)
                + ((UInt4Vector) root.getVector(2)).get(row)
                + ((BitVector) root.getVector(3)).get(row);
    }
}
