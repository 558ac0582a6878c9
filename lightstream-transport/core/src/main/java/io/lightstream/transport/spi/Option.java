package io.lightstream.transport.spi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

/**
 * A setting of a transport that has a name in URIs and a type in Java. Transports keep theirs in constants; two options
 * are equal if they have the same name and type.
 *
 * @param <T> the type of its values
 */
public final class Option<T> {
    private final String name;
    private final Class<T> type;
    private final Function<String, T> parser;

    private Option(String name, Class<T> type, Function<String, T> parser) {
        this.name = name;
        this.type = type;
        this.parser = parser;
    }

    /** An option whose values are text. */
    public static Option<String> text(String name) {
        return new Option<>(name, String.class, value -> value);
    }

    /** An option that is {@code true} or {@code false}. */
    public static Option<Boolean> flag(String name) {
        return new Option<>(name, Boolean.class, OptionValues::flag);
    }

    /** An option that counts something, at least 1. */
    public static Option<Integer> count(String name) {
        return new Option<>(name, Integer.class, OptionValues::count);
    }

    /** An option that is a number of bytes, at least 1: {@code 65536}, {@code 64KiB}, {@code 4MiB}. */
    public static Option<Integer> bytes(String name) {
        return new Option<>(name, Integer.class, OptionValues::bytes);
    }

    /** An option that is a time, more than zero and at most 36,500 days: {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}. */
    public static Option<Duration> duration(String name) {
        return new Option<>(name, Duration.class, OptionValues::duration);
    }

    /** An option that names a file. */
    public static Option<Path> path(String name) {
        return new Option<>(name, Path.class, Path::of);
    }

    /** The name, as in URIs. */
    public String name() {
        return name;
    }

    /**
     * The value that a URI gives as text.
     *
     * @throws IllegalArgumentException where that is not one, saying what was expected
     */
    T parse(String text) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option " + name + ": " + e.getMessage(), e);
        }
    }

    /** The value, checked as one that came from a URI would be. */
    T checked(T value) {
        if (value instanceof Integer number && number < 1) {
            throw new IllegalArgumentException("option " + name + ": expected at least 1, found " + number);
        }
        if (value instanceof Duration time) {
            try {
                return type.cast(OptionValues.checked(time));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("option " + name + ": " + e.getMessage(), e);
            }
        }
        return type.cast(value);
    }

    Class<T> type() {
        return type;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Option<?> option && option.name.equals(name) && option.type == type;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type);
    }

    @Override
    public String toString() {
        return name;
    }
}
