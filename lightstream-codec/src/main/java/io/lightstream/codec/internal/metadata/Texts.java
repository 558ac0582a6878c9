package io.lightstream.codec.internal.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lightstream.codec.schema.MetadataText;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads strings of flatbuffers that should be UTF-8. Absent ones are empty. */
final class Texts {
    private static final byte[] NONE = {};

    private Texts() {}

    /** A name. Other bytes become replacement characters: names are for people, and a stream is not worth losing for one. */
    static String name(@Nullable ByteBuffer bytes) {
        return new String(bytes(bytes), UTF_8);
    }

    /** A key or value of custom metadata, which may be anything and has to be written as it came. */
    static String metadata(@Nullable ByteBuffer bytes) {
        return MetadataText.of(bytes(bytes));
    }

    private static byte[] bytes(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return NONE;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }
}
