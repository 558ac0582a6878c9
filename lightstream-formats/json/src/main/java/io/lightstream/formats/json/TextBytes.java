package io.lightstream.formats.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The bytes that a JSON text stands for, in an array that is used again. */
final class TextBytes {
    private static final int FIRST_CAPACITY = 64;

    private final JsonInput input;
    private final String what;
    private final CharsetEncoder utf8 = StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private byte[] bytes = new byte[FIRST_CAPACITY];

    /** @param what the texts are, for errors */
    TextBytes(JsonInput input, String what) {
        this.input = input;
        this.what = what;
    }

    /** What the last call read, from index 0. */
    byte[] bytes() {
        return bytes;
    }

    /** Reads a text as UTF-8; returns the number of bytes. */
    int readText() throws IOException {
        JsonParser parser = input.characters(what);
        CharBuffer characters =
                CharBuffer.wrap(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        ensure(3L * characters.length());
        ByteBuffer out = ByteBuffer.wrap(bytes);
        utf8.reset();
        // Half of a surrogate pair has no bytes in UTF-8.
        if (utf8.encode(characters, out, true).isError()) {
            throw input.malformed(what, "Unicode text", input.found());
        }
        return out.position();
    }

    /** Reads a text of hexadecimal digits, two a byte; returns the number of bytes. */
    int readHex() throws IOException {
        JsonParser parser = input.characters(what);
        char[] characters = parser.getTextCharacters();
        int at = parser.getTextOffset();
        int length = parser.getTextLength() / 2;
        ensure(length);
        boolean odd = parser.getTextLength() % 2 != 0;
        for (int i = 0; i < length; i++, at += 2) {
            int high = Character.digit(characters[at], 16);
            int low = Character.digit(characters[at + 1], 16);
            odd |= (high | low) < 0;
            bytes[i] = (byte) (high << 4 | low);
        }
        if (odd) {
            throw input.malformed(what, "two hexadecimal digits a byte", input.found());
        }
        return length;
    }

    private void ensure(long length) throws IOException {
        if (length > Integer.MAX_VALUE - 8) {
            throw input.malformed(what, "a text of less than 2 GiB", length);
        }
        if (length > bytes.length) {
            bytes = new byte[(int) Math.min(Integer.MAX_VALUE - 8, Math.max(length, 2L * bytes.length))];
        }
    }
}
