package io.lightstream.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class HalfFloatsTest {
    private static final int INFINITY = 0x7C00;

    /** The definition of binary16: sign, five bits of exponent, ten of fraction. */
    private static double reference(int bits) {
        int exponent = bits >>> 10 & 31;
        double fraction = (bits & 0x3FF) / 1024.0;
        double magnitude = exponent == 0 ? fraction * Math.pow(2, -14) : (1 + fraction) * Math.pow(2, exponent - 15);
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }

    @Test
    void everyFiniteValueIsExactAndComesBack() {
        for (int bits = 0; bits <= 0xFFFF; bits++) {
            if ((bits & INFINITY) != INFINITY) {
                float value = HalfFloats.toFloat((short) bits);
                assertThat(Double.doubleToRawLongBits(value)).isEqualTo(Double.doubleToRawLongBits(reference(bits)));
                assertThat(HalfFloats.fromFloat(value)).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void infinitiesAndEveryNanComeBack() {
        for (int bits = INFINITY; bits <= 0x7FFF; bits++) {
            for (int sign : new int[] {0, 0x8000}) {
                float value = HalfFloats.toFloat((short) (bits | sign));
                assertThat(Float.isNaN(value)).isEqualTo(bits != INFINITY);
                assertThat(Float.isInfinite(value)).isEqualTo(bits == INFINITY);
                assertThat(HalfFloats.fromFloat(value)).isEqualTo((short) (bits | sign));
            }
        }
        assertThat(HalfFloats.fromFloat(Float.intBitsToFloat(0x7F800001)) & 0x7FFF)
                .isGreaterThan(INFINITY);
    }

    /** Between two neighbours: below, at and above the middle, which goes to the even one. */
    @Test
    void roundsToTheNearestAndTiesToEven() {
        for (int bits = 0; bits < INFINITY; bits++) {
            double low = reference(bits);
            double high = bits + 1 == INFINITY ? 65536 : reference(bits + 1);
            float middle = (float) ((low + high) / 2);
            assertThat(new BigDecimal(middle)).isEqualByComparingTo(new BigDecimal((low + high) / 2));
            assertThat(HalfFloats.fromFloat(middle)).isEqualTo((short) (bits + (bits & 1)));
            assertThat(HalfFloats.fromFloat(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(HalfFloats.fromFloat(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
            assertThat(HalfFloats.fromFloat(-middle)).isEqualTo((short) (bits + (bits & 1) | 0x8000));
        }
    }

    @Test
    void whatIsTooLargeIsInfiniteAndWhatIsTooSmallIsZero() {
        assertThat(HalfFloats.fromFloat(Float.MAX_VALUE)).isEqualTo((short) INFINITY);
        assertThat(HalfFloats.fromFloat(65_520f)).isEqualTo((short) INFINITY);
        assertThat(HalfFloats.fromFloat(Float.MIN_VALUE)).isZero();
        assertThat(HalfFloats.fromFloat(-0f)).isEqualTo((short) 0x8000);
    }
}
