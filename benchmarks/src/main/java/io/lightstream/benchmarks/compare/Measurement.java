package io.lightstream.benchmarks.compare;

/**
 * What one round gave.
 *
 * @param batches batches that the time is for
 * @param seconds wall-clock time
 * @param cpuSecondsPerBatch user and system time of all processes of the contender
 */
record Measurement(long batches, double seconds, double cpuSecondsPerBatch) {
    double batchesPerSecond() {
        return batches / seconds;
    }
}
