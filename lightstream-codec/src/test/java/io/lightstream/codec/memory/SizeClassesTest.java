package io.lightstream.codec.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizeClassesTest {

    @Test
    void everyRequestGetsTheSmallestClassThatHoldsIt() {
        for (long size = 1; size <= 300_000; size++) {
            int index = SizeClasses.indexOf(size);
            assertThat(SizeClasses.sizeOf(index)).isGreaterThanOrEqualTo(size);
            assertThat(index == 0 || SizeClasses.sizeOf(index - 1) < size)
                    .as("%d fits a smaller class", size)
                    .isTrue();
        }
    }

    @Test
    void classesAreDistinctAlignedAndAtMostAQuarterApart() {
        for (int i = 1; i < SizeClasses.COUNT; i++) {
            long size = SizeClasses.sizeOf(i);
            long smaller = SizeClasses.sizeOf(i - 1);
            assertThat(size).isGreaterThan(smaller);
            assertThat(size % SizeClasses.ALIGNMENT).isZero();
            assertThat(SizeClasses.indexOf(size)).isEqualTo(i);
            assertThat(SizeClasses.indexOf(smaller + 1)).isEqualTo(i);
            if (smaller >= 256) {
                assertThat(size - smaller).isLessThanOrEqualTo(smaller / 4);
            }
        }
        assertThat(SizeClasses.sizeOf(SizeClasses.COUNT - 1)).isEqualTo(SizeClasses.LARGEST);
        assertThat(SizeClasses.sizeOf(SizeClasses.SLAB_COUNT - 1)).isEqualTo(SizeClasses.LARGEST_IN_SLAB);
    }

    @Test
    void requestsAboveTheLargestClassAreRoundedToPages() {
        assertThat(SizeClasses.rounded(SizeClasses.LARGEST)).isEqualTo(SizeClasses.LARGEST);
        assertThat(SizeClasses.rounded(SizeClasses.LARGEST + 1)).isEqualTo(SizeClasses.LARGEST + SizeClasses.PAGE);
        assertThat(SizeClasses.rounded(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(SizeClasses.rounded(0)).isZero();
    }
}
