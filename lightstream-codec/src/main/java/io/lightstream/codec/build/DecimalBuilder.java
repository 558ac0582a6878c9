package io.lightstream.codec.build;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType.Decimal;
import io.lightstream.codec.schema.Field;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Builds columns of decimals of 32 to 256 bits. */
public final class DecimalBuilder extends FixedWidthBuilder {
    private static final int LONG_DIGITS = 18;

    private final Decimal type;
    private final int width;

    /** Largest magnitude of an unscaled value; {@code Long.MAX_VALUE} where every long fits. */
    private final long mostUnscaled;

    DecimalBuilder(Field field, BuilderMemory memory) {
        super(field, memory);
        this.type = (Decimal) field.type();
        this.width = type.byteWidth();
        this.mostUnscaled = type.precision() > LONG_DIGITS ? Long.MAX_VALUE : powerOfTen(type.precision()) - 1;
    }

    private static long powerOfTen(int exponent) {
        return BigInteger.TEN.pow(exponent).longValueExact();
    }

    /**
     * Appends a value, at the scale of the type.
     *
     * @throws IllegalArgumentException where it has more digits than the type, before or behind the point
     */
    public void append(BigDecimal value) {
        BigDecimal scaled = atScale(value);
        appendBytes(scaled.unscaledValue());
    }

    private BigDecimal atScale(BigDecimal value) {
        if (value.signum() == 0) {
            return BigDecimal.ZERO;
        }
        // Checked first: setScale would compute all the zeros of 1e1000000000 and of 1e-1000000000.
        long digitsBeforePoint = (long) value.precision() - value.scale();
        long digitsTooMany = (long) value.scale() - type.scale();
        if (digitsBeforePoint > (long) type.precision() - type.scale() || digitsTooMany > value.precision()) {
            throw mismatch(value);
        }
        try {
            return value.setScale(type.scale());
        } catch (ArithmeticException e) {
            throw mismatch(value);
        }
    }

    /**
     * Appends a value as its unscaled integer: 1234 is 12.34 at scale 2.
     *
     * @throws IllegalArgumentException where it has more digits than the type
     */
    public void appendUnscaled(long unscaled) {
        if (mostUnscaled < Long.MAX_VALUE && (unscaled > mostUnscaled || unscaled < -mostUnscaled)) {
            throw mismatch(BigDecimal.valueOf(unscaled, type.scale()));
        }
        long at = appendUninitialized(1);
        if (width == Integer.BYTES) {
            NativeMemory.putInt(at, (int) unscaled);
            return;
        }
        NativeMemory.putLong(at, unscaled);
        for (int i = Long.BYTES; i < width; i += Long.BYTES) {
            NativeMemory.putLong(at + i, unscaled >> 63);
        }
    }

    private void appendBytes(BigInteger unscaled) {
        byte[] bigEndian = unscaled.toByteArray();
        long at = appendUninitialized(1);
        byte sign = (byte) (unscaled.signum() < 0 ? -1 : 0);
        for (int i = 0; i < width; i++) {
            NativeMemory.putByte(at + i, i < bigEndian.length ? bigEndian[bigEndian.length - 1 - i] : sign);
        }
    }

    private IllegalArgumentException mismatch(BigDecimal value) {
        return new IllegalArgumentException(
                "value of column '" + field().name() + "': expected a " + type + ", found " + value);
    }
}
