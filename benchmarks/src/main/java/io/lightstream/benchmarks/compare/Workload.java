package io.lightstream.benchmarks.compare;

import io.lightstream.benchmarks.compare.Contender.Skill;
import java.util.List;

/** One thing to compare: it has a name in the table, arguments for the contenders, and units. */
sealed interface Workload {
    /** The first column of the table, {@code area/variant/shape}. */
    String name();

    /** What a contender must be able to do. */
    Skill skill();

    /** What is told of it. */
    List<Metric> metrics();

    /** Bytes of data that a step works on: one batch, or one pass over a column. */
    long dataBytes();

    /** What a contender must have summed up in {@code steps} steps. */
    long checksum(long steps);

    /** The fewest steps in a round. */
    default long fewestSteps() {
        return 1;
    }

    /** Work of one process, which takes {@link #arguments()}. */
    sealed interface InOneProcess extends Workload permits InMemory, MappedWorkload {
        List<String> arguments();
    }

    /** Batches sent over a connection between two processes of the same contender. */
    record Transfer(Transport transport, Shape shape) implements Workload {
        @Override
        public String name() {
            return "transport/" + transport.scheme() + "/" + shape;
        }

        @Override
        public Skill skill() {
            return transport == Transport.TCP ? Skill.TCP : Skill.UNIX;
        }

        @Override
        public List<Metric> metrics() {
            Metric rate = shape.isSmall() ? Metric.MESSAGES_PER_SECOND : Metric.GIGABYTES_PER_SECOND;
            return List.of(rate, Metric.CPU_SECONDS_PER_GIGABYTE);
        }

        @Override
        public long dataBytes() {
            return shape.dataBytes();
        }

        @Override
        public long checksum(long steps) {
            return shape.checksum(steps);
        }

        /** The clock runs from the first batch to the last, so that some must lie between. */
        @Override
        public long fewestSteps() {
            return 8;
        }
    }

    /** Batches encoded to or decoded from memory. In memory nothing waits: CPU time would only repeat the figure. */
    record InMemory(Operation operation, Shape shape) implements InOneProcess {
        @Override
        public String name() {
            return "ipc/" + operation.label() + "/" + shape;
        }

        @Override
        public Skill skill() {
            return Skill.MEMORY;
        }

        @Override
        public List<Metric> metrics() {
            return List.of(Metric.NANOSECONDS_PER_BATCH);
        }

        @Override
        public long dataBytes() {
            return shape.dataBytes();
        }

        @Override
        public long checksum(long steps) {
            return shape.checksum(steps);
        }

        @Override
        public long fewestSteps() {
            return 8;
        }

        @Override
        public List<String> arguments() {
            return List.of("ipc", operation.label(), shape.name());
        }
    }

    /** How the two processes of a transfer are connected. */
    enum Transport {
        TCP("tcp"),
        UNIX("unix");

        private final String scheme;

        Transport(String scheme) {
            this.scheme = scheme;
        }

        String scheme() {
            return scheme;
        }
    }

    /** What is done in memory. */
    enum Operation {
        ENCODE("encode"),
        DECODE("decode");

        private final String label;

        Operation(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }
}
