package io.lightstream.codec;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.BufferRole;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.TimeUnit;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Temporal values in ISO 8601 form, with as many digits of the second as their unit has. Instants are shown at the clock of
 * their zone. What no calendar holds is shown as the number that it is.
 */
final class TemporalText {
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long MILLIS_PER_DAY = SECONDS_PER_DAY * 1000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final DateTimeFormatter SECONDS = clock(0);
    private static final DateTimeFormatter MILLIS = clock(3);
    private static final DateTimeFormatter MICROS = clock(6);
    private static final DateTimeFormatter NANOS = clock(9);

    private TemporalText() {}

    static String of(Column column, long row) {
        DataType type = column.type();
        if (type instanceof DataType.Interval interval) {
            return interval(interval.unit(), column, row);
        }
        long value = column.getLong(row);
        try {
            return text(type, value);
        } catch (DateTimeException | ArithmeticException e) {
            return Long.toString(value);
        }
    }

    private static String text(DataType type, long value) {
        if (type instanceof DataType.Date date) {
            return date(date.unit(), value);
        }
        if (type instanceof DataType.Time time) {
            return clock(time.unit(), timeOfDay(time.unit(), value));
        }
        if (type instanceof DataType.Timestamp timestamp) {
            return timestamp(timestamp, value);
        }
        if (type instanceof DataType.Duration duration) {
            return seconds(duration.unit(), value).toString();
        }
        throw new IllegalArgumentException(type + " is not temporal");
    }

    private static String date(DataType.DateUnit unit, long value) {
        if (unit == DataType.DateUnit.DAY) {
            return LocalDate.ofEpochDay(value).toString();
        }
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(value, MILLIS_PER_DAY));
        long milli = Math.floorMod(value, MILLIS_PER_DAY);
        return milli == 0
                ? day.toString()
                : day + "T" + clock(TimeUnit.MILLISECOND, timeOfDay(TimeUnit.MILLISECOND, milli));
    }

    private static String clock(TimeUnit unit, LocalTime time) {
        DateTimeFormatter form = switch (unit) {
            case SECOND -> SECONDS;
            case MILLISECOND -> MILLIS;
            case MICROSECOND -> MICROS;
            case NANOSECOND -> NANOS;
        };
        return form.format(time);
    }

    private static LocalTime timeOfDay(TimeUnit unit, long value) {
        return LocalTime.ofNanoOfDay(Math.multiplyExact(value, NANOS_PER_SECOND / unit.perSecond()));
    }

    private static String timestamp(DataType.Timestamp type, long value) {
        Duration sinceEpoch = seconds(type.unit(), value);
        LocalDateTime utc = LocalDateTime.ofEpochSecond(sinceEpoch.getSeconds(), sinceEpoch.getNano(), ZoneOffset.UTC);
        if (type.zone().isEmpty()) {
            return dateTime(utc, type.unit());
        }
        String zone = type.zone().get();
        try {
            return zoned(utc, ZoneId.of(zone), type.unit());
        } catch (DateTimeException unknownZone) {
            return dateTime(utc, type.unit()) + "Z[" + zone + "]";
        }
    }

    private static String zoned(LocalDateTime utc, ZoneId zone, TimeUnit unit) {
        ZonedDateTime local = utc.atOffset(ZoneOffset.UTC).atZoneSameInstant(zone);
        ZoneOffset offset = local.getOffset();
        boolean named = !(zone.normalized() instanceof ZoneOffset);
        return dateTime(local.toLocalDateTime(), unit) + offset + (named ? "[" + zone + "]" : "");
    }

    private static String dateTime(LocalDateTime value, TimeUnit unit) {
        return value.toLocalDate() + "T" + clock(unit, value.toLocalTime());
    }

    private static Duration seconds(TimeUnit unit, long value) {
        long nanos = Math.floorMod(value, unit.perSecond()) * (NANOS_PER_SECOND / unit.perSecond());
        return Duration.ofSeconds(Math.floorDiv(value, unit.perSecond()), nanos);
    }

    private static String interval(DataType.IntervalUnit unit, Column column, long row) {
        ColumnData data = column.data();
        long at = data.address(data.indexOf(BufferRole.DATA)) + (data.offset() + row) * column.byteWidth();
        return switch (unit) {
            case YEAR_MONTH -> interval(NativeMemory.getInt(at), 0, Duration.ZERO);
            case DAY_TIME -> interval(0, NativeMemory.getInt(at), Duration.ofMillis(NativeMemory.getInt(at + 4)));
            case MONTH_DAY_NANO ->
                interval(
                        NativeMemory.getInt(at),
                        NativeMemory.getInt(at + 4),
                        Duration.ofNanos(NativeMemory.getLong(at + 8)));
        };
    }

    private static String interval(int months, int days, Duration time) {
        Period period = Period.of(0, months, days).normalized();
        if (time.isZero()) {
            return period.toString();
        }
        return period.isZero() ? time.toString() : period + time.toString().substring(1);
    }

    private static DateTimeFormatter clock(int digits) {
        DateTimeFormatterBuilder clock = new DateTimeFormatterBuilder().appendPattern("HH:mm:ss");
        return digits == 0 ? clock.toFormatter(Locale.ROOT) : fraction(clock, digits);
    }

    private static DateTimeFormatter fraction(DateTimeFormatterBuilder clock, int digits) {
        return clock.appendFraction(ChronoField.NANO_OF_SECOND, digits, digits, true)
                .toFormatter(Locale.ROOT);
    }
}
