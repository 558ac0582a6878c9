package io.lightstream.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MedianTest {
    @Test
    void isTheMiddleOrTheMeanOfTwo() {
        double[] odd = {3, 1, 2};
        assertThat(Median.of(odd)).isEqualTo(2);
        assertThat(odd).containsExactly(3, 1, 2);
        assertThat(Median.of(new double[] {4, 1, 3, 2})).isEqualTo(2.5);
    }
}
