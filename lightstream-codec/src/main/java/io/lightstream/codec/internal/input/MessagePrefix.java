package io.lightstream.codec.internal.input;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.internal.InputSite;

/**
 * What stands before the metadata of an encapsulated message (Columnar.rst, "Encapsulated message format"):
 *
 * <pre>
 * | 0xFFFFFFFF | metadata length i32 |      since 0.15
 *              | metadata length i32 |      before
 * </pre>
 *
 * <p>A length of 0 ends the stream.
 */
public final class MessagePrefix {
    /** Bytes of a length. */
    public static final int LENGTH_BYTES = Integer.BYTES;

    private static final int CONTINUATION = 0xFFFFFFFF;
    private static final int CONTINUED_BYTES = 2 * Integer.BYTES;

    private MessagePrefix() {}

    /** Bytes of the prefix that begins with {@code first}; its last four are the length. */
    public static int bytes(int first) {
        return first == CONTINUATION ? CONTINUED_BYTES : LENGTH_BYTES;
    }

    /** Checks a length other than 0 before memory is taken for it. */
    public static void requireLength(int length, ReadLimits limits, InputSite site) throws LightstreamException {
        if (length < 0) {
            throw site.malformed("metadata length", "8.." + limits.maxMetadataBytes(), length);
        }
        if (length > limits.maxMetadataBytes()) {
            throw site.over("maxMetadataBytes", limits.maxMetadataBytes(), length);
        }
    }
}
