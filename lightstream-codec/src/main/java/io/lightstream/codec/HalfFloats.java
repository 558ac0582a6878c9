package io.lightstream.codec;

/** IEEE 754 binary16, for which Java has no type before 20: converted to and from {@code float}. */
public final class HalfFloats {
    private static final int EXPONENT_BITS = 5;
    private static final int FRACTION_BITS = 10;
    private static final int FLOAT_FRACTION_BITS = 23;

    private HalfFloats() {}

    /** The value of 16 bits, exactly. */
    public static float toFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >>> FRACTION_BITS & (1 << EXPONENT_BITS) - 1;
        int fraction = half & (1 << FRACTION_BITS) - 1;
        if (exponent == 31) {
            return Float.intBitsToFloat(sign | 0x7F800000 | fraction << (FLOAT_FRACTION_BITS - FRACTION_BITS));
        }
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int rebased = exponent - 15 + 127;
        return Float.intBitsToFloat(
                sign | rebased << FLOAT_FRACTION_BITS | fraction << (FLOAT_FRACTION_BITS - FRACTION_BITS));
    }

    /** The bits of the nearest value, ties to even; infinite from 65520 on. A NaN stays one. */
    public static short fromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7FFFFFFF;
        if (magnitude > 0x7F800000) {
            int payload = magnitude >>> (FLOAT_FRACTION_BITS - FRACTION_BITS) & 0x3FF;
            return (short) (sign | 0x7C00 | (payload == 0 ? 0x200 : payload));
        }
        if (magnitude >= 0x477FF000) {
            return (short) (sign | 0x7C00);
        }
        if (magnitude < 0x38800000) {
            return (short) (sign | (int) Math.rint(Float.intBitsToFloat(magnitude) * 0x1p24f));
        }
        int rebased = magnitude - ((127 - 15) << FLOAT_FRACTION_BITS);
        int rounded = rebased + 0xFFF + (rebased >>> 13 & 1);
        return (short) (sign | rounded >>> 13);
    }
}
