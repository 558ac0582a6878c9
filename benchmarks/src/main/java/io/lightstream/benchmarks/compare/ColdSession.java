package io.lightstream.benchmarks.compare;

import io.lightstream.benchmarks.compare.MappedWorkload.ColdStart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A contender that is started anew for each step. What counts is the time from before its start to its answer, less the
 * same of a program that runs on the same runtime (a JVM, an interpreter, nothing) and does nothing; the two alternate.
 */
final class ColdSession implements Session {
    private final Contender contender;
    private final ColdStart workload;
    private final Path log;

    ColdSession(Contender contender, ColdStart workload, Path scratch) {
        this.contender = contender;
        this.workload = workload;
        this.log = scratch.resolve(workload.name().replace('/', '-') + "-" + contender.name() + ".log");
    }

    /** Medians, because a start now and then takes twice as long as most. */
    @Override
    public Measurement run(long steps) throws IOException {
        int count = Math.toIntExact(steps);
        double[] whole = new double[count];
        double[] bare = new double[count];
        for (int i = 0; i < count; i++) {
            bare[i] = seconds(contender.bareCommand(), "-");
            whole[i] = seconds(contender.commandWith(workload.arguments()), Long.toString(workload.checksum(1)));
        }
        return new Measurement(1, Median.of(whole) - Median.of(bare), 0);
    }

    /** From before the start to the answer; the process is gone when this returns. */
    private double seconds(List<String> command, String sum) throws IOException {
        long start = System.nanoTime();
        try (ContenderProcess process = ContenderProcess.start(contender.name() + " cold", command, log)) {
            ContenderProcess.Answer answer = process.awaitAnswer();
            long end = System.nanoTime();
            if (!answer.sum().equals(sum)) {
                throw new IOException(
                        contender.name() + ": wrong data, sum expected " + sum + ", found " + answer.sum());
            }
            return (end - start) / 1e9;
        }
    }

    @Override
    public void close() {}
}
