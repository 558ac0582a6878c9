package io.lightstream.codec.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DataType.IntervalUnit;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.math.BigDecimal;
import java.nio.LongBuffer;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedWidthBuildersTest {
    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingLeaks() {
        memory.close();
    }

    private void build(DataType type, Consumer<ColumnBuilder> append, Consumer<Column> check) {
        try (BatchBuilder builder = BatchBuilder.create(Schema.of(Field.of("v", type)), memory)) {
            append.accept(builder.column(0));
            try (RecordBatch batch = builder.finish()) {
                check.accept(batch.column(0));
            }
        }
    }

    @Test
    void appendsLongsOneByOneAndInBulkPastEveryGrowth() {
        long[] values = LongStream.range(0, 30_000).map(i -> i * 0x1234567).toArray();
        build(
                new DataType.Int(64, true),
                column -> {
                    LongBuilder longs = column.as(LongBuilder.class);
                    for (int i = 0; i < 10_000; i++) {
                        longs.append(values[i]);
                    }
                    longs.append(values, 10_000, 15_000);
                    LongBuffer rest = LongBuffer.wrap(values).position(25_000);
                    longs.append(rest);
                    assertThat(rest.remaining()).isEqualTo(5_000);
                },
                column -> {
                    long[] read = new long[values.length];
                    column.copyTo(0, read, 0, read.length);
                    assertThat(read).isEqualTo(values);
                });
    }

    @Test
    void appendsArraysOfEveryWidth() {
        build(new DataType.Int(32, true), c -> c.as(IntBuilder.class).append(new int[] {9, 1, 2, 3}, 1, 2), c -> {
            assertThat(c.length()).isEqualTo(2);
            assertThat(c.ints().get(1)).isEqualTo(2);
        });
        build(
                new DataType.Int(16, true),
                c -> c.as(ShortBuilder.class).append(new short[] {9, -1, 2}, 1, 2),
                c -> assertThat(c.getInt(0)).isEqualTo(-1));
        build(
                new DataType.Int(8, false),
                c -> c.as(ByteBuilder.class).append(new byte[] {9, -1}, 1, 1),
                c -> assertThat(c.getInt(0)).isEqualTo(255));
        build(
                new DataType.FloatingPoint(32),
                c -> c.as(FloatBuilder.class).append(new float[] {1, 2, 3}, 1, 2),
                c -> assertThat(c.floats().get(1)).isEqualTo(3f));
        build(
                new DataType.FloatingPoint(64),
                c -> c.as(DoubleBuilder.class).append(new double[] {1, 2}, 1, 1),
                c -> assertThat(c.doubles().get(0)).isEqualTo(2));
    }

    @Test
    void rangesOutsideTheArrayAppendNothing() {
        build(
                new DataType.Int(64, true),
                column -> {
                    LongBuilder longs = column.as(LongBuilder.class);
                    assertThatExceptionOfType(IndexOutOfBoundsException.class)
                            .isThrownBy(() -> longs.append(new long[3], 2, 2));
                    assertThat(longs.length()).isZero();
                },
                column -> assertThat(column.length()).isZero());
    }

    @Test
    void narrowIntegersCheckTheirRange() {
        build(
                new DataType.Int(8, false),
                column -> {
                    ByteBuilder bytes = column.as(ByteBuilder.class);
                    bytes.append(255);
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> bytes.append(-1))
                            .withMessage("value of column 'v': expected 0..255, found -1");
                    assertThatIllegalArgumentException().isThrownBy(() -> bytes.append(256));
                },
                column -> assertThat(column.length()).isEqualTo(1));
        build(
                new DataType.Int(16, true),
                column -> {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> column.as(ShortBuilder.class).append(32_768));
                    assertThatIllegalArgumentException().isThrownBy(() -> column.appendValue(-32_769L));
                },
                column -> assertThat(column.length()).isZero());
    }

    @Test
    void valuesWrittenByTheCallerAndNullsAfterwards() {
        build(
                new DataType.Int(64, true),
                column -> {
                    LongBuilder longs = column.as(LongBuilder.class);
                    longs.append(1);
                    long at = longs.appendUninitialized(1_000);
                    for (int i = 0; i < 1_000; i++) {
                        NativeMemory.putLong(at + 8L * i, i);
                    }
                    longs.markNull(500);
                    longs.markNull(500);
                    assertThat(longs.nullCount()).isEqualTo(1);
                    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> longs.markNull(1_001));
                },
                column -> {
                    assertThat(column.getLong(1_000)).isEqualTo(999);
                    assertThat(column.isNull(500)).isTrue();
                    assertThat(column.nullCount()).isEqualTo(1);
                });
    }

    @Test
    void decimalsOfEveryWidthFromUnscaledValues() {
        for (int bits : new int[] {32, 64, 128, 256}) {
            build(
                    new DataType.Decimal(9, 3, bits),
                    column -> {
                        DecimalBuilder decimals = column.as(DecimalBuilder.class);
                        decimals.appendUnscaled(-1);
                        decimals.appendUnscaled(999_999_999);
                        decimals.append(new BigDecimal("-123456.789"));
                        assertThatIllegalArgumentException().isThrownBy(() -> decimals.appendUnscaled(1_000_000_000));
                        assertThatIllegalArgumentException().isThrownBy(() -> decimals.appendUnscaled(Long.MIN_VALUE));
                    },
                    column -> {
                        assertThat(column.getDecimal(0)).isEqualTo(new BigDecimal("-0.001"));
                        assertThat(column.getDecimal(1)).isEqualTo(new BigDecimal("999999.999"));
                        assertThat(column.getDecimal(2)).isEqualTo(new BigDecimal("-123456.789"));
                        assertThat(column.length()).isEqualTo(3);
                    });
        }
        build(
                new DataType.Decimal(38, 0, 128),
                column -> column.as(DecimalBuilder.class).appendUnscaled(Long.MIN_VALUE),
                column -> assertThat(column.getDecimal(0)).isEqualTo(BigDecimal.valueOf(Long.MIN_VALUE)));
    }

    /** The exponents would take gigabytes to write out. */
    @ParameterizedTest
    @ValueSource(strings = {"1000.00", "0.001", "12345.6", "1e1000000000", "1e-1000000000", "-1e2147483647"})
    void decimalsThatDoNotFitAreRefused(String value) {
        build(
                new DataType.Decimal(5, 2, 128),
                column -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> column.as(DecimalBuilder.class).append(new BigDecimal(value)))
                        .withMessageContaining("expected a decimal128(5, 2)"),
                column -> assertThat(column.length()).isZero());
    }

    @Test
    void zeroFitsWhateverItsExponent() {
        build(
                new DataType.Decimal(5, 2, 128),
                column -> column.as(DecimalBuilder.class).append(new BigDecimal("0e-1000000000")),
                column -> assertThat(column.getDecimal(0)).isEqualTo(new BigDecimal("0.00")));
    }

    @Test
    void intervalsAndFixedSizeBinaryTakeOnlyWhatTheyHold() {
        build(
                new DataType.Interval(IntervalUnit.DAY_TIME),
                column -> {
                    IntervalBuilder intervals = column.as(IntervalBuilder.class);
                    assertThatIllegalArgumentException().isThrownBy(() -> intervals.append(1));
                    intervals.append(2, -1);
                },
                column -> assertThat(column.text(0)).isEqualTo("P2DT-0.001S"));
        build(
                new DataType.FixedSizeBinary(2),
                column -> {
                    FixedSizeBinaryBuilder binary = column.as(FixedSizeBinaryBuilder.class);
                    assertThatIllegalArgumentException().isThrownBy(() -> binary.append(new byte[3]));
                    binary.append(new byte[] {1, 2, 3}, 1);
                },
                column -> assertThat(column.getBytes(0)).containsExactly(2, 3));
    }
}
