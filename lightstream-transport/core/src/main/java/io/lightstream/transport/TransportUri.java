package io.lightstream.transport;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URI taken apart. {@link java.net.URI} refuses host names with an underscore and paths with a space, both of which
 * users have.
 *
 * @param scheme in lower case
 * @param authority between {@code //} and the path, may be empty
 * @param path unescaped, may be empty
 * @param query names and values of the options, unescaped, in order
 */
record TransportUri(String scheme, String authority, String path, Map<String, String> query) {
    static final String FILE = "file";

    // One letter before a colon is a drive of Windows.
    private static final String SCHEME = "([A-Za-z][A-Za-z0-9+.-]+):";
    private static final Pattern BEGINNING = Pattern.compile(SCHEME + "(//)?");
    private static final Pattern SYNTAX =
            Pattern.compile(SCHEME + "(?://([^/?]*))?([^?]*)(?:\\?(.*))?", Pattern.DOTALL);

    /**
     * Whether {@code text} is a URI and no path. A path may have a colon, too: of what does not go on with {@code //} the
     * scheme decides.
     *
     * @param isKnown whether there is a scheme of that name, in lower case
     */
    static boolean isUri(String text, Predicate<String> isKnown) {
        Matcher matcher = BEGINNING.matcher(text);
        return matcher.lookingAt()
                && (matcher.group(2) != null || isKnown.test(matcher.group(1).toLowerCase(Locale.ROOT)));
    }

    /** Takes {@code text} apart; empty where it is no URI but a path. */
    static Optional<TransportUri> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String authority = matcher.group(2);
        String query = matcher.group(4);
        return Optional.of(new TransportUri(
                matcher.group(1).toLowerCase(Locale.ROOT),
                authority == null ? "" : authority,
                unescape(matcher.group(3)),
                query == null ? Map.of() : parseQuery(query)));
    }

    boolean isFile() {
        return scheme.equals(FILE);
    }

    /**
     * The file of a {@code file:} URI (RFC 8089).
     *
     * @throws IllegalArgumentException where it says more than a path of this machine
     */
    Path file() {
        String name = "[" + scheme + ":" + (authority.isEmpty() ? "" : "//" + authority) + path + "] ";
        if (!authority.isEmpty() && !authority.equalsIgnoreCase("localhost")) {
            throw new IllegalArgumentException(
                    name + "host of a file: expected none or localhost, found '" + authority + "'");
        }
        if (!query.isEmpty()) {
            throw new IllegalArgumentException(name + "options of a file: expected none, found " + query.keySet()
                    + "; a question mark of its name is written %3F");
        }
        if (path.isEmpty()) {
            throw new IllegalArgumentException(name + "path of a file: expected one, found none");
        }
        return Path.of(path);
    }

    private static Map<String, String> parseQuery(String query) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = unescape(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "true" : unescape(pair.substring(equals + 1));
            if (values.put(name, value) != null) {
                throw new IllegalArgumentException("option: expected '" + name + "' once, found it again");
            }
        }
        return values;
    }

    /** Replaces {@code %41} by {@code A}; unlike {@code URLDecoder} it leaves a plus as it is. */
    private static String unescape(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int count = 0;
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '%') {
                int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
                int low = high >= 0 ? Character.digit(in[i + 2], 16) : -1;
                if (low < 0) {
                    throw new IllegalArgumentException(
                            "URI: expected two hexadecimal digits after each %, found " + text);
                }
                out[count++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                out[count++] = in[i];
            }
        }
        return new String(out, 0, count, StandardCharsets.UTF_8);
    }
}
