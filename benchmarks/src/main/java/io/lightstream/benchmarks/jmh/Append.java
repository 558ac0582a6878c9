package io.lightstream.benchmarks.jmh;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.build.BytesBuilder;
import io.lightstream.codec.build.DoubleBuilder;
import io.lightstream.codec.build.LongBuilder;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.ArrowBuf;
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

/** A value appended to a batch builder, beside one written to memory that is there already. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Append.VALUES)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Append {
    static final int VALUES = 1 << 17;

    private static final byte[] TEXT = "row_12345".getBytes(StandardCharsets.US_ASCII);

    private final LightstreamMemory memory = LightstreamMemory.create();
    private final ArrowBuf target = memory.allocator().buffer((long) VALUES * (TEXT.length + Integer.BYTES));
    private final BatchBuilder longs = builder(new DataType.Int(Long.SIZE, true));
    private final BatchBuilder doubles = builder(new DataType.FloatingPoint(Double.SIZE));
    private final BatchBuilder texts = builder(new DataType.Utf8());

    private BatchBuilder builder(DataType type) {
        return BatchBuilder.create(Schema.of(Field.of("values", type)), memory);
    }

    /** int64. */
    @Benchmark
    public long int64() {
        LongBuilder values = longs.longs("values");
        for (int i = 0; i < VALUES; i++) {
            values.append(i);
        }
        return finish(longs);
    }

    /** float64. */
    @Benchmark
    public long float64() {
        DoubleBuilder values = doubles.doubles("values");
        for (int i = 0; i < VALUES; i++) {
            values.append(i * 0.5);
        }
        return finish(doubles);
    }

    /** utf8, from bytes. */
    @Benchmark
    public long utf8() {
        BytesBuilder values = texts.bytes("values");
        for (int i = 0; i < VALUES; i++) {
            values.append(TEXT, 0, TEXT.length);
        }
        return finish(texts);
    }

    /** What int64 and float64 are to be measured against: eight bytes to memory. */
    @Benchmark
    public long fill() {
        long address = target.memoryAddress();
        for (int i = 0; i < VALUES; i++) {
            NativeMemory.putLong(address + (long) i * Long.BYTES, i);
        }
        return address;
    }

    /** What utf8 is to be measured against: an offset and the bytes to memory. */
    @Benchmark
    public long fillText() {
        long offsets = target.memoryAddress();
        long bytes = offsets + (long) VALUES * Integer.BYTES;
        for (int i = 0; i < VALUES; i++) {
            NativeMemory.copy(TEXT, 0, bytes + (long) i * TEXT.length, TEXT.length);
            NativeMemory.putInt(offsets + (long) i * Integer.BYTES, (i + 1) * TEXT.length);
        }
        return bytes;
    }

    private static long finish(BatchBuilder builder) {
        try (RecordBatch batch = builder.finish()) {
            return batch.rowCount();
        }
    }

    /** Closes the memory, which complains where anything leaked. */
    @TearDown
    public void close() {
        longs.close();
        doubles.close();
        texts.close();
        target.close();
        memory.close();
    }
}
