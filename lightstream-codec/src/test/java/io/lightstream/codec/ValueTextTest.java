package io.lightstream.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.build.Columns;
import io.lightstream.codec.build.IntervalBuilder.MonthDayNano;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DataType.DateUnit;
import io.lightstream.codec.schema.DataType.IntervalUnit;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.TimeUnit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTextTest {
    private static String text(DataType type, Object value) {
        return text(Field.of("v", type), value, Integer.MAX_VALUE);
    }

    private static String text(Field field, Object value, int limit) {
        try (LightstreamMemory memory = LightstreamMemory.create();
                RecordBatch batch = RecordBatch.of(memory, Columns.of(field, List.of(value)))) {
            return ValueText.of(batch.column(0), 0, limit);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UTC, 2024-07-01T10:00:00.000Z",
        "Z, 2024-07-01T10:00:00.000Z",
        "+02:00, 2024-07-01T12:00:00.000+02:00",
        "Europe/Zurich, '2024-07-01T12:00:00.000+02:00[Europe/Zurich]'",
        "Nowhere/Land, '2024-07-01T10:00:00.000Z[Nowhere/Land]'"
    })
    void instantsAreShownAtTheClockOfTheirZone(String zone, String expected) {
        DataType type = new DataType.Timestamp(TimeUnit.MILLISECOND, Optional.of(zone));
        assertThat(text(type, 1_719_828_000_000L)).isEqualTo(expected);
    }

    @Test
    void whatNoCalendarHoldsIsShownAsANumber() {
        DataType seconds = new DataType.Timestamp(TimeUnit.SECOND, Optional.of("UTC"));
        assertThat(text(seconds, Long.MAX_VALUE)).isEqualTo("9223372036854775807");
        assertThat(text(seconds, Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
        assertThat(text(new DataType.Time(TimeUnit.SECOND, 32), 86_400)).isEqualTo("86400");
        assertThat(text(new DataType.Time(TimeUnit.MICROSECOND, 64), -1L)).isEqualTo("-1");
        assertThat(text(new DataType.Time(TimeUnit.MICROSECOND, 64), Long.MAX_VALUE))
                .isEqualTo("9223372036854775807");
    }

    @Test
    void theWholeRangeOfDatesAndNanosecondsIsInTheCalendar() {
        assertThat(text(new DataType.Date(DateUnit.DAY), Integer.MAX_VALUE)).isEqualTo("+5881580-07-11");
        assertThat(text(new DataType.Date(DateUnit.MILLISECOND), 1L)).isEqualTo("1970-01-01T00:00:00.001");
        assertThat(text(new DataType.Date(DateUnit.MILLISECOND), Long.MIN_VALUE))
                .startsWith("-292275055-05-16T");
        DataType nanos = new DataType.Timestamp(TimeUnit.NANOSECOND, Optional.empty());
        assertThat(text(nanos, Long.MIN_VALUE)).isEqualTo("1677-09-21T00:12:43.145224192");
        assertThat(text(nanos, -1L)).isEqualTo("1969-12-31T23:59:59.999999999");
    }

    @Test
    void durationsAndIntervalsAreIsoPeriods() {
        assertThat(text(new DataType.Duration(TimeUnit.SECOND), 3_661L)).isEqualTo("PT1H1M1S");
        assertThat(text(new DataType.Duration(TimeUnit.MILLISECOND), -1L)).isEqualTo("PT-0.001S");
        DataType full = new DataType.Interval(IntervalUnit.MONTH_DAY_NANO);
        assertThat(text(full, new MonthDayNano(0, 0, 0))).isEqualTo("P0D");
        assertThat(text(full, new MonthDayNano(0, 0, 1_000_000_000))).isEqualTo("PT1S");
        assertThat(text(full, new MonthDayNano(25, -3, 0))).isEqualTo("P2Y1M-3D");
    }

    @Test
    void decimalsWithHostileScalesStayShort() {
        DataType huge = new DataType.Decimal(3, -1_000_000_000, 128);
        assertThat(text(huge, new BigDecimal(BigInteger.valueOf(123), -1_000_000_000)))
                .isEqualTo("1.23E+1000000002");
    }

    @Test
    void longNestedValuesStopAtTheLimit() {
        Field list = Field.of("l", new DataType.ListType(), Field.of("item", new DataType.Int(32, true)));
        assertThat(text(list, Collections.nCopies(100_000, 7), 10)).isEqualTo("[7, 7, 7, …]");
        assertThat(text(Field.of("b", new DataType.Binary()), new byte[100_000], 8))
                .isEqualTo("0x00000000…");
    }

    @Test
    void nestedValuesAreWrittenAroundTheirParts() {
        Field struct = Field.of(
                "s",
                new DataType.Struct(),
                Field.of("a", new DataType.Int(8, true)),
                Field.of("l", new DataType.ListType(), Field.of("item", new DataType.Utf8())));
        assertThat(text(struct, Map.of("a", 1, "l", List.of("x", "y")), 100)).isEqualTo("{a: 1, l: [x, y]}");
    }
}
