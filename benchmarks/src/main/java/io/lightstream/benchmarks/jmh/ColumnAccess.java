package io.lightstream.benchmarks.jmh;

import io.lightstream.benchmarks.contender.Data;
import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import java.nio.LongBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The sum of an int64 column of a million rows, by each way of reading it; figures are for one value. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(ColumnAccess.ROWS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ColumnAccess {
    static final int ROWS = 1_000_000;

    private final LightstreamMemory memory = LightstreamMemory.create();
    private final RecordBatch batch = Data.B.batch(memory);
    private final Column column = batch.column(0);
    private final long[] copy = new long[1 << 12];

    /** A view of the whole column. */
    @Benchmark
    public long view() {
        LongBuffer values = column.longs();
        long sum = 0;
        for (int i = 0; i < ROWS; i++) {
            sum += values.get(i);
        }
        return sum;
    }

    /** Copied to an array, piece by piece. */
    @Benchmark
    public long copyTo() {
        long sum = 0;
        for (int from = 0; from < ROWS; from += copy.length) {
            int count = Math.min(copy.length, ROWS - from);
            column.copyTo(from, copy, 0, count);
            for (int i = 0; i < count; i++) {
                sum += copy[i];
            }
        }
        return sum;
    }

    /** The checked getter for each row. */
    @Benchmark
    public long getter() {
        long sum = 0;
        for (int i = 0; i < ROWS; i++) {
            sum += column.getLong(i);
        }
        return sum;
    }

    /** Closes the memory, which complains where anything leaked. */
    @TearDown
    public void close() {
        batch.close();
        memory.close();
    }
}
