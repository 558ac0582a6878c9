package io.lightstream.transport.spi;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the values of options are written in URIs. */
final class OptionValues {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]{1,18})([A-Za-z]*)");

    /** Each 1,024 times the one before. */
    private static final List<String> BYTE_UNITS = List.of("B", "KiB", "MiB", "GiB");

    /** A hundred years: counted in nanoseconds, any longer might not fit. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private OptionValues() {}

    static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw expected("true or false", text);
        };
    }

    static int count(String text) {
        return positive(text, List.of());
    }

    static int bytes(String text) {
        return positive(text, BYTE_UNITS);
    }

    static Duration duration(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            Duration unit = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(1);
                case "s" -> Duration.ofSeconds(1);
                case "m" -> Duration.ofMinutes(1);
                case "h" -> Duration.ofHours(1);
                default -> Duration.ZERO;
            };
            if (number > 0 && !unit.isZero() && number <= LONGEST.dividedBy(unit)) {
                return unit.multipliedBy(number);
            }
        }
        throw expected("a time such as 500ms, 5s, 2m or 1h", text);
    }

    /** The time, where it is one that a URI could say. */
    static Duration checked(Duration time) {
        if (time.isZero() || time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "expected more than no time and at most " + LONGEST.toDays() + " days, found " + time);
        }
        return time;
    }

    /** A time as messages have it, in the largest unit that is exact. */
    static String format(Duration time) {
        long nanos = time.toNanos();
        if (nanos % 1_000_000_000 == 0) {
            return nanos / 1_000_000_000 + " s";
        }
        if (nanos % 1_000_000 == 0) {
            return nanos / 1_000_000 + " ms";
        }
        return nanos % 1_000 == 0 ? nanos / 1_000 + " us" : nanos + " ns";
    }

    private static int positive(String text, List<String> units) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (matcher.matches()) {
            String unit = matcher.group(2);
            long factor = unit.isEmpty() ? 1 : factor(unit, units);
            long number = Long.parseLong(matcher.group(1));
            if (number > 0 && factor > 0 && number <= Integer.MAX_VALUE / factor) {
                return (int) (number * factor);
            }
        }
        String example = units.isEmpty() ? "" : ", such as 65536, 64KiB or 4MiB";
        throw expected("a number from 1 to " + Integer.MAX_VALUE + example, text);
    }

    /** Bytes of the unit; 0 where it is none of {@code units}. */
    private static long factor(String unit, List<String> units) {
        int power = 0;
        for (String known : units) {
            if (known.equalsIgnoreCase(unit)) {
                return 1L << power;
            }
            power += 10;
        }
        return 0;
    }

    private static IllegalArgumentException expected(String what, String found) {
        return new IllegalArgumentException("expected " + what + ", found '" + found + "'");
    }
}
