package io.lightstream.benchmarks.compare;

/** A figure computed from a measurement. */
enum Metric {
    GIGABYTES_PER_SECOND("GB/s", true, "") {
        @Override
        double of(Measurement measurement, Workload workload) {
            return measurement.stepsPerSecond() * workload.dataBytes() / 1e9;
        }
    },
    MESSAGES_PER_SECOND("msg/s", true, "") {
        @Override
        double of(Measurement measurement, Workload workload) {
            return measurement.stepsPerSecond();
        }
    },
    NANOSECONDS_PER_BATCH("ns/batch", false, "") {
        @Override
        double of(Measurement measurement, Workload workload) {
            return measurement.secondsPerStep() * 1e9;
        }
    },
    MICROSECONDS("us", false, "") {
        @Override
        double of(Measurement measurement, Workload workload) {
            return measurement.secondsPerStep() * 1e6;
        }
    },
    MILLISECONDS("ms", false, "") {
        @Override
        double of(Measurement measurement, Workload workload) {
            return measurement.secondsPerStep() * 1e3;
        }
    },
    CPU_SECONDS_PER_GIGABYTE("s/GB", false, "/cpu") {
        @Override
        double of(Measurement measurement, Workload workload) {
            return measurement.cpuSecondsPerStep() / workload.dataBytes() * 1e9;
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

    abstract double of(Measurement measurement, Workload workload);

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
}
