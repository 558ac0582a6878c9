package io.lightstream.codec.internal.input;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.internal.InputSite;
import java.nio.ByteBuffer;
import java.util.HexFormat;

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
    /** The magic ARROW1, as far as it goes. */
    private static final int ARROW_FILE = 'A' | 'R' << 8 | 'R' << 16 | 'O' << 24;

    private static final int CONTINUED_BYTES = 2 * Integer.BYTES;

    private MessagePrefix() {}

    /** Bytes of the prefix that begins with {@code first}; its last four are the length. */
    public static int bytes(int first) {
        return first == CONTINUATION ? CONTINUED_BYTES : LENGTH_BYTES;
    }

    /**
     * Checks the first bytes of what should be a stream: other data have a length there that no metadata have, and it would
     * help nobody to hear of that.
     *
     * @param first the first four bytes
     */
    public static void requireBeginning(int first, ReadLimits limits, InputSite site) throws LightstreamException {
        if (bytes(first) == LENGTH_BYTES && (first < 0 || first > limits.maxMetadataBytes())) {
            String found = HexFormat.of().toHexDigits(Integer.reverseBytes(first));
            throw site.malformed(
                    "beginning of the stream",
                    "a message",
                    first == ARROW_FILE ? "an Arrow file (" + found + ", ARRO)" : found);
        }
    }

    /**
     * Whether the first bytes of something, as far as they are there, are a continuation marker: no other data begin with it by
     * chance, while a length from before 0.15 may be anything.
     */
    public static boolean isContinuation(ByteBuffer first) {
        ByteBuffer marker = ByteBuffer.allocate(LENGTH_BYTES).putInt(0, CONTINUATION);
        int there = Math.min(first.remaining(), LENGTH_BYTES);
        return first.slice(first.position(), there).equals(marker.limit(there));
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
