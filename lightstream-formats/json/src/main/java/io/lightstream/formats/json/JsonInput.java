package io.lightstream.formats.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.UnsupportedFeatureException;
import java.io.CharConversionException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.math.BigInteger;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * JSON as a sequence of tokens, of which one is current, and errors that say where it stands.
 *
 * <p>Methods read the value at the current token and leave its last token current.
 */
final class JsonInput implements Closeable {
    private static final int GZIP_MAGIC = 0x8B1F;
    private static final int BUFFER_BYTES = 1 << 16;

    /** Characters of one text: a data buffer of a view column is one text of two characters a byte. */
    private static final int LONGEST_TEXT = 1 << 28;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build();

    private final String source;
    private final InputStream raw;
    private final JsonParser parser;

    private JsonInput(String source, InputStream raw, JsonParser parser) {
        this.source = source;
        this.raw = raw;
        this.parser = parser;
    }

    /** Takes over {@code raw}, even where this throws. */
    static JsonInput open(InputStream raw, String source) throws IOException {
        try {
            return new JsonInput(source, raw, FACTORY.createParser(unzipped(raw)));
        } catch (IOException e) {
            raw.close();
            throw declared(e, source, 0);
        }
    }

    private static InputStream unzipped(InputStream raw) throws IOException {
        PushbackInputStream input = new PushbackInputStream(raw, Short.BYTES);
        byte[] start = input.readNBytes(Short.BYTES);
        input.unread(start);
        boolean gzipped = start.length == Short.BYTES && ((start[0] & 0xFF) | (start[1] & 0xFF) << 8) == GZIP_MAGIC;
        return gzipped ? new GZIPInputStream(input, BUFFER_BYTES) : input;
    }

    // ---- tokens

    /** Moves to the next token, of which there has to be one. */
    JsonToken next() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            long end = parser.currentLocation().getByteOffset();
            throw new TruncatedStreamException(source, Math.max(end, 0), "JSON", "more", "the end");
        }
        return token;
    }

    JsonToken current() {
        return parser.currentToken();
    }

    /** Fails where the current token is another. */
    void require(JsonToken expected, String what) throws IOException {
        if (parser.currentToken() != expected) {
            throw malformed(what, expected.asString() == null ? expected : "'" + expected.asString() + "'", found());
        }
    }

    /** Enters an object; then {@link #nextKey} gives its keys. */
    void enterObject(String what) throws IOException {
        require(JsonToken.START_OBJECT, what);
    }

    /** Moves to the next key, and on to its value; false at the end of the object. Then {@link #key} is the key. */
    boolean nextKey() throws IOException {
        if (next() == JsonToken.END_OBJECT) {
            return false;
        }
        next();
        return true;
    }

    /** The key whose value is current. */
    String key() throws IOException {
        return parser.currentName();
    }

    /** Enters an array; then {@link #nextElement} gives its elements. */
    void enterArray(String what) throws IOException {
        require(JsonToken.START_ARRAY, what);
    }

    /** Moves to the next element of an array; false at its end. */
    boolean nextElement() throws IOException {
        return next() != JsonToken.END_ARRAY;
    }

    /** Passes over the value at the current token. */
    void skip() throws IOException {
        parser.skipChildren();
    }

    /** Fails where anything but white space follows. */
    void requireEnd() throws IOException {
        if (parser.nextToken() != null) {
            throw malformed("end of the document", "nothing more", found());
        }
    }

    // ---- values

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    String text(String what) throws IOException {
        require(JsonToken.VALUE_STRING, what);
        return parser.getText();
    }

    /** The parser at a text, to get at its characters without a copy. */
    JsonParser characters(String what) throws IOException {
        require(JsonToken.VALUE_STRING, what);
        return parser;
    }

    boolean bool(String what) throws IOException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw malformed(what, "true or false", found());
        }
        return token == JsonToken.VALUE_TRUE;
    }

    /** A whole number, written as one or as text. */
    long integer(String what, long least, long most) throws IOException {
        long value = 0;
        boolean inRange = true;
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            inRange = parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
            value = inRange ? parser.getLongValue() : 0;
        } else {
            try {
                value = Long.parseLong(text(what));
            } catch (NumberFormatException e) {
                inRange = false;
            }
        }
        if (!inRange || value < least || value > most) {
            throw malformed(what, least + ".." + most, found());
        }
        return value;
    }

    int smallInteger(String what, int least, int most) throws IOException {
        return (int) integer(what, least, most);
    }

    /** A whole number of any size, written as one or as text. */
    BigInteger bigInteger(String what, int maxDigits) throws IOException {
        boolean number = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
        String digits = number ? parser.getText() : text(what);
        if (digits.length() > maxDigits) {
            throw malformed(what, "at most " + maxDigits + " digits", found());
        }
        try {
            return new BigInteger(digits);
        } catch (NumberFormatException e) {
            throw malformed(what, "a whole number", found());
        }
    }

    double number(String what) throws IOException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
            throw malformed(what, "a number", found());
        }
        return parser.getDoubleValue();
    }

    // ---- errors

    MalformedStreamException malformed(String what, Object expected, Object found) {
        JsonLocation at = parser.currentTokenLocation();
        String place = what + " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        return new MalformedStreamException(source, position(), place, expected, found);
    }

    LimitExceededException over(String limitName, long limit, long requested) {
        return new LimitExceededException(source, position(), limitName, limit, requested);
    }

    UnsupportedFeatureException unsupported(String what, Object expected, Object found) {
        return new UnsupportedFeatureException(source, position(), what, expected, found);
    }

    /** The current token for an error, cut where it is long. */
    String found() throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return "the end";
        }
        if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
            String text = parser.getText();
            return "'" + (text.length() <= 40 ? text : text.substring(0, 40) + "…") + "'";
        }
        String text = parser.getText();
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    /** Byte of the text, of the unzipped one where it was zipped. */
    private long position() {
        return parser.currentTokenLocation().getByteOffset();
    }

    /** The error that this library declares for one of the JSON parser or of gzip; others as they are. */
    IOException declared(IOException e) {
        return declared(e, source, parser.currentLocation().getByteOffset());
    }

    private static IOException declared(IOException e, String source, long position) {
        if (e instanceof JsonEOFException || e instanceof EOFException) {
            return new TruncatedStreamException(source, position, "JSON", "more", "the end");
        }
        if (e instanceof StreamConstraintsException constraint) {
            return new UnsupportedFeatureException(source, position, constraint.getOriginalMessage(), e);
        }
        if (e instanceof JacksonException malformed) {
            return new MalformedStreamException(source, position, "JSON: " + malformed.getOriginalMessage(), e);
        }
        if (e instanceof ZipException || e instanceof CharConversionException) {
            return new MalformedStreamException(source, position, "JSON: " + e.getMessage(), e);
        }
        return e;
    }

    /** Makes a thread that waits for input fail; the only method that another thread may call. */
    void interrupt() throws IOException {
        raw.close();
    }

    @Override
    public void close() throws IOException {
        try {
            parser.close();
        } finally {
            raw.close();
        }
    }
}
