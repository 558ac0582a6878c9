package io.lightstream.benchmarks.jmh;

import io.lightstream.benchmarks.contender.Data;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The same as {@link Receive}, from the same bytes, by Arrow Java. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ArrowJavaReceive {
    /** Shape of the batch. */
    @Param({"A", "C", "E"})
    public Data shape = Data.A;

    private final RootAllocator allocator = new RootAllocator();

    @SuppressWarnings("NullAway.Init") // by open()
    private ArrowStreamReader reader;

    /** Opens the stream. */
    @Setup
    public void open() throws IOException {
        reader = new ArrowStreamReader(EndlessStream.of(shape), allocator);
    }

    /** Receives one batch. */
    @Benchmark
    public long batch() throws IOException {
        reader.loadNextBatch();
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        long sum = root.getRowCount();
        for (FieldVector vector : root.getFieldVectors()) {
            sum += value(vector);
        }
        return sum;
    }

    private static long value(FieldVector vector) {
        if (vector instanceof BigIntVector longs) {
            return longs.get(0);
        }
        if (vector instanceof IntVector ints) {
            return ints.get(0);
        }
        if (vector instanceof Float8Vector doubles) {
            return (long) doubles.get(0);
        }
        if (vector instanceof UInt4Vector indices) {
            return indices.get(0);
        }
        return ((VarCharVector) vector).getValueLength(0);
    }

    /** Closes the stream. */
    @TearDown
    public void close() throws IOException {
        reader.close();
        allocator.close();
    }
}
