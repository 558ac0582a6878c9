package io.lightstream.cli;

import io.lightstream.transport.Lightstream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** A source or sink as the user named it. */
sealed interface Location {
    /** {@code -} and {@code stdio:}. */
    record Standard() implements Location {}

    /** What the library takes for a file, of the rest. */
    record File(Path path) implements Location {}

    /** {@code trips:1000}, a table that is made. */
    record Made(long rows) implements Location {}

    /** A peer. */
    record Peer(String uri) implements Location {}

    /** What {@code text} is; of files and peers as {@link Lightstream#open} sees it. */
    static Location of(String text) {
        if (text.isEmpty()) {
            throw new UsageException("'': expected a path or URI, found an empty name");
        }
        if (text.equals("-") || text.equalsIgnoreCase("stdio:")) {
            return new Standard();
        }
        if (Syntax.TRIPS.matcher(text).matches()) {
            return new Made(Long.parseLong(text.substring(text.indexOf(':') + 1)));
        }
        return file(text).<Location>map(File::new).orElseGet(() -> new Peer(text));
    }

    private static Optional<Path> file(String text) {
        try {
            return Lightstream.path(text);
        } catch (InvalidPathException e) {
            throw new UsageException("'" + text + "': expected a path or URI, found " + e.getReason(), e);
        } catch (IllegalArgumentException e) {
            throw UsageException.of(text, e);
        }
    }

    /** Interfaces have no private constants. */
    final class Syntax {
        private static final Pattern TRIPS = Pattern.compile("trips:\\d{1,18}");

        private Syntax() {}
    }
}
