package io.lightstream.codec.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;

/**
 * Keys and values of custom metadata as strings and as bytes. The format calls them text in UTF-8 (Schema.fbs,
 * {@code KeyValue}), but the parameters of extension types are whatever their authors serialize, such as pickled Python
 * objects. So each byte {@code b} that is not UTF-8 stands in the string as the char {@code U+DC00 + b}, a half of a surrogate
 * pair, which no text has by itself: readers lose nothing, and writers write the bytes as they came.
 */
public final class MetadataText {
    private static final char REPLACEMENT = '\uFFFD';
    /** The char of byte 0; the first one in use is that of 0x80. */
    private static final char BYTES = '\uDC00';

    private static final int FIRST_BYTE = 0x80;
    private static final int LAST_BYTE = 0xFF;

    private MetadataText() {}

    /** The string of any bytes; {@link #toBytes} gives them back. */
    public static String of(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : exactly(bytes);
    }

    private static String exactly(byte[] bytes) {
        CharsetDecoder decoder = UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        while (decoder.decode(in, out, true).isMalformed()) {
            out.put((char) (BYTES | (in.get() & LAST_BYTE)));
        }
        return out.flip().toString();
    }

    /**
     * The bytes of a string: UTF-8, and what {@link #of} could not read as such.
     *
     * @throws IllegalArgumentException where there is another half of a surrogate pair
     */
    public static byte[] toBytes(String text) {
        int half = half(text, 0);
        if (half == text.length()) {
            return text.getBytes(UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int from = 0;
        for (; half < text.length(); half = half(text, from)) {
            bytes.writeBytes(text.substring(from, half).getBytes(UTF_8));
            bytes.write(byteOf(text, half));
            from = half + 1;
        }
        bytes.writeBytes(text.substring(from).getBytes(UTF_8));
        return bytes.toByteArray();
    }

    /** Index of the next half of a surrogate pair that is alone; the length where there is none. */
    private static int half(String text, int from) {
        int at = from;
        while (at < text.length() && !isHalf(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static int byteOf(String text, int at) {
        int value = text.charAt(at) - BYTES;
        if (value < FIRST_BYTE || value > LAST_BYTE) {
            throw new IllegalArgumentException(
                    "char " + at + " of custom metadata: expected a surrogate pair, found half of one, "
                            + Integer.toHexString(text.charAt(at)));
        }
        return value;
    }
}
