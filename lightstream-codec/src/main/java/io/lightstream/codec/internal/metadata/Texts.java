package io.lightstream.codec.internal.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads strings of flatbuffers. Bytes that are not UTF-8 become replacement characters: names are for people, and a stream is
 * not worth losing for one of them.
 */
final class Texts {
    private Texts() {}

    /** The text; empty where it is absent. */
    static String read(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return "";
        }
        byte[] text = new byte[bytes.remaining()];
        bytes.get(text);
        return new String(text, UTF_8);
    }
}
