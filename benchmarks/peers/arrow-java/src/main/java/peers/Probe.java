package peers;

import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Touches one value of every column of each batch, and sums them up. */
final class Probe {
    private static final long STRIDE = 7_919;

    private long batch;
    private long sum;

    void touch(VectorSchemaRoot root) {
        int rows = root.getRowCount();
        int row = (int) (batch++ * STRIDE % rows);
        long found = rows;
        for (FieldVector vector : root.getFieldVectors()) {
            found += value(vector, row);
        }
        sum += found;
    }

    private static long value(FieldVector vector, int row) {
        if (vector instanceof BigIntVector longs) {
            return longs.get(row);
        }
        if (vector instanceof IntVector ints) {
            return ints.get(row);
        }
        if (vector instanceof Float8Vector doubles) {
            return (long) doubles.get(row);
        }
        if (vector instanceof UInt4Vector indices) {
            return indices.get(row);
        }
        return ((VarCharVector) vector).getValueLength(row);
    }

    /** The sum since the last call. */
    long take() {
        long taken = sum;
        batch = 0;
        sum = 0;
        return taken;
    }
}
