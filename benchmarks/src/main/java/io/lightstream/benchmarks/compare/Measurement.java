package io.lightstream.benchmarks.compare;

/**
 * What one round gave.
 *
 * @param steps steps of the workload that the time is for
 * @param seconds wall-clock time
 * @param cpuSecondsPerStep user and system time of all processes of the contender
 */
record Measurement(long steps, double seconds, double cpuSecondsPerStep) {
    double stepsPerSecond() {
        return steps / seconds;
    }

    double secondsPerStep() {
        return seconds / steps;
    }
}
