package io.lightstream.benchmarks.jmh;

import io.lightstream.benchmarks.contender.Data;
import io.lightstream.benchmarks.contender.Probe;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
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

/** A batch out of a stream, one value of each column looked at: {@code gc.alloc.rate.norm} is what it leaves on the heap. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Receive {
    /** Shape of the batch. */
    @Param({"A", "C", "E"})
    public Data shape = Data.A;

    private final LightstreamMemory memory = LightstreamMemory.create();
    private final Probe probe = new Probe();

    @SuppressWarnings("NullAway.Init") // by open()
    private IpcStreamReader reader;

    /** Opens the stream. */
    @Setup
    public void open() throws IOException {
        reader = IpcStreamReader.open(EndlessStream.of(shape), memory.allocator(), IpcReadOptions.defaults());
    }

    /** Receives one batch. */
    @Benchmark
    public long batch() throws IOException {
        reader.next();
        probe.touch(reader.batch());
        return probe.take();
    }

    /** Closes the stream, and the memory, which complains where anything leaked. */
    @TearDown
    public void close() throws IOException {
        reader.close();
        memory.close();
    }
}
