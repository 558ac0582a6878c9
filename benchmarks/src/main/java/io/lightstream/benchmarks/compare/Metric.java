package io.lightstream.benchmarks.compare;

import java.util.List;

/** A figure computed from a measurement. */
enum Metric {
    GIGABYTES_PER_SECOND("GB/s", true, "") {
        @Override
        double of(Measurement measurement, Shape shape) {
            return measurement.batchesPerSecond() * shape.dataBytes() / 1e9;
        }
    },
    MESSAGES_PER_SECOND("msg/s", true, "") {
        @Override
        double of(Measurement measurement, Shape shape) {
            return measurement.batchesPerSecond();
        }
    },
    NANOSECONDS_PER_BATCH("ns/batch", false, "") {
        @Override
        double of(Measurement measurement, Shape shape) {
            return 1e9 / measurement.batchesPerSecond();
        }
    },
    CPU_SECONDS_PER_GIGABYTE("s/GB", false, "/cpu") {
        @Override
        double of(Measurement measurement, Shape shape) {
            return measurement.cpuSecondsPerBatch() / shape.dataBytes() * 1e9;
        }
    };

    private final String unit;
    private final boolean moreIsBetter;
    private final String caseSuffix;

    Metric(String unit, boolean moreIsBetter, String caseSuffix) {
        this.unit = unit;
        this.moreIsBetter = moreIsBetter;
        this.caseSuffix = caseSuffix;
    }

    abstract double of(Measurement measurement, Shape shape);

    String unit() {
        return unit;
    }

    /** What the name of the case gets appended in lines of this metric. */
    String caseSuffix() {
        return caseSuffix;
    }

    /** How many times better {@code ours} is. */
    double ratio(double ours, double peer) {
        return moreIsBetter ? ours / peer : peer / ours;
    }

    /** What is told of a workload. In memory nothing waits, so that CPU time would only repeat the figure. */
    static List<Metric> of(Workload workload) {
        if (workload instanceof Workload.InMemory) {
            return List.of(NANOSECONDS_PER_BATCH);
        }
        return List.of(
                workload.shape().isSmall() ? MESSAGES_PER_SECOND : GIGABYTES_PER_SECOND, CPU_SECONDS_PER_GIGABYTE);
    }
}
