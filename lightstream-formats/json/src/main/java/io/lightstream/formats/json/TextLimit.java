package io.lightstream.formats.json;

import io.lightstream.codec.Column;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.UnsupportedFeatureException;

/** How long a value may be to be one text of the JSON: two characters a byte, in a string of Java. */
final class TextLimit {
    static final int MOST_BYTES = (Integer.MAX_VALUE - 8) / 2;

    private TextLimit() {}

    /**
     * Checks the length of something before it is made a text.
     *
     * @param what of the column, such as {@code "row 5"}
     */
    static int require(String what, Column column, long bytes) throws UnsupportedFeatureException {
        if (bytes > MOST_BYTES) {
            throw new UnsupportedFeatureException(
                    "",
                    LightstreamException.UNKNOWN_POSITION,
                    what + " of column '" + column.name() + "' as a text of JSON",
                    "at most " + MOST_BYTES + " bytes",
                    bytes);
        }
        return (int) bytes;
    }
}
