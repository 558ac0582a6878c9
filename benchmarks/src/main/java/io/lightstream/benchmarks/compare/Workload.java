package io.lightstream.benchmarks.compare;

import java.util.List;

/** One thing to compare: it has a name in the table, arguments for the contenders, and a unit. */
sealed interface Workload {
    /** The first column of the table, {@code area/variant/shape}. */
    String name();

    Shape shape();

    /** Batches sent over a connection between two processes of the same contender. */
    record Transfer(Transport transport, Shape shape) implements Workload {
        @Override
        public String name() {
            return "transport/" + transport.scheme() + "/" + shape;
        }
    }

    /** Batches encoded to or decoded from memory in one process. */
    record InMemory(Operation operation, Shape shape) implements Workload {
        @Override
        public String name() {
            return "ipc/" + operation.label() + "/" + shape;
        }

        List<String> arguments() {
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
