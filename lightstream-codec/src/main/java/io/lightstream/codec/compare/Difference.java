package io.lightstream.codec.compare;

import java.util.Objects;

/**
 * Where two sources differ first, and how.
 *
 * @param place such as {@code "batch 2, row 17, column 'a.b[3]'"}; batches, rows and elements are counted from 0
 * @param expected what the first source has there
 * @param found what the second one has
 */
public record Difference(String place, String expected, String found) {
    public Difference {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(found, "found");
    }

    static Difference of(String place, Object expected, Object found) {
        return new Difference(place, String.valueOf(expected), String.valueOf(found));
    }

    /** This difference, with the place inside of {@code outer}. */
    Difference inside(String outer) {
        return new Difference(outer + ", " + place, expected, found);
    }

    /** One line: {@code batch 2, row 17, column 'a.b[3]': expected 5, found 6}. */
    @Override
    public String toString() {
        return place + ": expected " + expected + ", found " + found;
    }
}
