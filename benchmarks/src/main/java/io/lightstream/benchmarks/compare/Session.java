package io.lightstream.benchmarks.compare;

import io.lightstream.benchmarks.compare.MappedWorkload.ColdStart;
import java.io.IOException;
import java.nio.file.Path;

/** A contender at work on a workload. */
sealed interface Session extends AutoCloseable permits StandingSession, ColdSession {
    /** Gets the contender ready; {@code scratch} takes its socket and its logs. */
    static Session open(Contender contender, Workload workload, Path scratch) throws IOException {
        return workload instanceof ColdStart cold
                ? new ColdSession(contender, cold, scratch)
                : StandingSession.open(contender, workload, scratch);
    }

    /** Does {@code steps} steps; the sum reported is checked against the one that the data gives. */
    Measurement run(long steps) throws IOException;

    @Override
    void close() throws IOException;
}
