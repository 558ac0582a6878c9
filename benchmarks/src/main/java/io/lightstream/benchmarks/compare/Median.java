package io.lightstream.benchmarks.compare;

import java.util.Arrays;

/** The middle of several values. */
final class Median {
    private Median() {}

    /** The middle value; of an even number, the mean of the two in the middle. */
    static double of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
