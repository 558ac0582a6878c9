package io.lightstream.codec.build;

import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.TimeUnit;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** Values of {@code java.time} as the numbers that temporal columns store; never rounded. */
final class TemporalValues {
    private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);
    private static final LocalDateTime LOCAL_EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);
    private static final BigInteger MILLIS_PER_DAY = BigInteger.valueOf(86_400_000);
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final Duration LONGEST_INTERVAL = Duration.ofNanos(Long.MAX_VALUE);

    private TemporalValues() {}

    /** The value in the unit of the column, counted from its epoch. */
    static BigInteger count(ColumnBuilder builder, Object value) {
        DataType type = builder.field().type();
        if (type instanceof DataType.Date date && value instanceof LocalDate day) {
            BigInteger days = BigInteger.valueOf(day.toEpochDay());
            return date.unit() == DataType.DateUnit.DAY ? days : days.multiply(MILLIS_PER_DAY);
        }
        if (type instanceof DataType.Time time && value instanceof LocalTime clock) {
            return scaled(builder, Duration.ofNanos(clock.toNanoOfDay()), time.unit(), value);
        }
        if (type instanceof DataType.Timestamp timestamp) {
            return scaled(builder, sinceEpoch(builder, timestamp, value), timestamp.unit(), value);
        }
        if (type instanceof DataType.Duration duration && value instanceof Duration elapsed) {
            return scaled(builder, elapsed, duration.unit(), value);
        }
        throw ValueAppender.mismatch(builder, value);
    }

    /** With a zone the column holds instants; without one, what a clock on the wall shows. */
    private static Duration sinceEpoch(ColumnBuilder builder, DataType.Timestamp type, Object value) {
        boolean hasZone = type.zone().isPresent();
        if (!hasZone && value instanceof LocalDateTime local) {
            return Duration.between(LOCAL_EPOCH, local);
        }
        if (hasZone && value instanceof Instant instant) {
            return Duration.ofSeconds(instant.getEpochSecond(), instant.getNano());
        }
        if (hasZone && value instanceof ZonedDateTime zoned) {
            return Duration.ofSeconds(zoned.toEpochSecond(), zoned.getNano());
        }
        if (hasZone && value instanceof OffsetDateTime offset) {
            return Duration.ofSeconds(offset.toEpochSecond(), offset.getNano());
        }
        throw ValueAppender.mismatch(builder, value);
    }

    private static BigInteger scaled(ColumnBuilder builder, Duration time, TimeUnit unit, Object value) {
        BigInteger nanos = BigInteger.valueOf(time.getSeconds())
                .multiply(NANOS_PER_SECOND)
                .add(BigInteger.valueOf(time.getNano()));
        BigInteger nanosPerUnit = NANOS_PER_SECOND.divide(BigInteger.valueOf(unit.perSecond()));
        BigInteger[] parts = nanos.divideAndRemainder(nanosPerUnit);
        if (parts[1].signum() != 0) {
            throw ValueAppender.mismatch(builder, value);
        }
        return parts[0];
    }

    /** The value as months, days and nanoseconds, of which the unit of the column allows those that are not 0. */
    static IntervalBuilder.MonthDayNano interval(ColumnBuilder builder, Object value) {
        DataType.IntervalUnit unit = ((DataType.Interval) builder.field().type()).unit();
        IntervalBuilder.MonthDayNano parts = parts(builder, value);
        boolean allowed = switch (unit) {
            case YEAR_MONTH -> parts.days() == 0 && parts.nanos() == 0;
            case DAY_TIME -> parts.months() == 0;
            case MONTH_DAY_NANO -> true;
        };
        if (!allowed) {
            throw ValueAppender.mismatch(builder, value);
        }
        return parts;
    }

    private static IntervalBuilder.MonthDayNano parts(ColumnBuilder builder, Object value) {
        if (value instanceof IntervalBuilder.MonthDayNano parts) {
            return parts;
        }
        if (value instanceof Period period && period.toTotalMonths() == (int) period.toTotalMonths()) {
            return new IntervalBuilder.MonthDayNano((int) period.toTotalMonths(), (int) period.get(ChronoUnit.DAYS), 0);
        }
        if (value instanceof Duration duration && fitsNanos(duration)) {
            return new IntervalBuilder.MonthDayNano(0, 0, duration.toNanos());
        }
        throw ValueAppender.mismatch(builder, value);
    }

    private static boolean fitsNanos(Duration duration) {
        return duration.compareTo(LONGEST_INTERVAL) <= 0 && duration.compareTo(LONGEST_INTERVAL.negated()) >= 0;
    }

    /** The nanoseconds as the milliseconds of a day-time interval. */
    static int millis(ColumnBuilder builder, IntervalBuilder.MonthDayNano parts) {
        long millis = parts.nanos() / NANOS_PER_MILLI;
        if (millis * NANOS_PER_MILLI != parts.nanos() || millis != (int) millis) {
            throw ValueAppender.mismatch(builder, parts);
        }
        return (int) millis;
    }
}
