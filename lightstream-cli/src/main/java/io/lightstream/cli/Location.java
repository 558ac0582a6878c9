package io.lightstream.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** A source or sink as the user named it. */
sealed interface Location {
    /** {@code -} and {@code stdio:}. */
    record Standard() implements Location {}

    /** Anything else without a scheme, and {@code file:} URIs. */
    record File(Path path) implements Location {}

    /** {@code trips:1000}, a table that is made. */
    record Made(long rows) implements Location {}

    /** A peer. */
    record Peer(String uri) implements Location {}

    /** What {@code text} is. */
    static Location of(String text) {
        if (text.equals("-") || text.equals("stdio:")) {
            return new Standard();
        }
        if (Syntax.TRIPS.matcher(text).matches()) {
            return new Made(Long.parseLong(text.substring(text.indexOf(':') + 1)));
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("file:")) {
            return new File(path(text.substring("file:".length()).replaceFirst("^//(?=/)", "")));
        }
        return Syntax.URI.matcher(text).lookingAt() ? new Peer(text) : new File(path(text));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("'" + text + "': expected a path or URI, found " + e.getReason(), e);
        }
    }

    /** Interfaces have no private constants. */
    final class Syntax {
        private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:(//|$)");
        private static final Pattern TRIPS = Pattern.compile("trips:\\d{1,18}");

        private Syntax() {}
    }
}
