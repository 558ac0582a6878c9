package io.lightstream.codec.ipc;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.metadata.FooterDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Finds the footer of an Arrow file (Columnar.rst, "IPC File Format"):
 *
 * <pre>
 * | ARROW1 | 2 bytes of padding | messages … | footer | footer length i32 | ARROW1 |
 * </pre>
 *
 * <p>What stands between the magic and the footer is found by the footer alone: not every writer puts a schema message there.
 */
final class FileTail {
    static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL_BYTES = Integer.BYTES + MAGIC.length;
    /** Magic and padding. */
    private static final int HEAD_BYTES = 8;

    private FileTail() {}

    static FooterDecoder.Decoded read(PositionedInput input, ReadLimits limits, InputSite site) throws IOException {
        long size = input.size();
        if (size < HEAD_BYTES + TAIL_BYTES) {
            throw site.malformed("size of an Arrow file", HEAD_BYTES + TAIL_BYTES + " bytes or more", size);
        }
        requireMagic(bytes(input, 0, MAGIC.length), 0, 0, site);
        long tailStart = size - TAIL_BYTES;
        ByteBuffer tail = bytes(input, tailStart, TAIL_BYTES);
        requireMagic(tail, Integer.BYTES, size - MAGIC.length, site);
        site.moveTo(tailStart);
        int length = tail.getInt(0);
        if (length <= 0 || length > tailStart - HEAD_BYTES) {
            throw site.malformed("footer length", "1.." + (tailStart - HEAD_BYTES), length);
        }
        if (length > limits.maxMetadataBytes()) {
            throw site.over("maxMetadataBytes", limits.maxMetadataBytes(), length);
        }
        long footerStart = tailStart - length;
        site.moveTo(footerStart);
        return FooterDecoder.decode(bytes(input, footerStart, length), footerStart, limits, site);
    }

    private static ByteBuffer bytes(PositionedInput input, long position, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        input.read(position, bytes);
        return bytes.flip();
    }

    private static void requireMagic(ByteBuffer bytes, int index, long position, InputSite site)
            throws LightstreamException {
        for (int i = 0; i < MAGIC.length; i++) {
            if (bytes.get(index + i) != MAGIC[i]) {
                site.moveTo(position);
                byte[] found = new byte[MAGIC.length];
                bytes.get(index, found);
                throw site.malformed(
                        "magic of an Arrow file",
                        new String(MAGIC, StandardCharsets.US_ASCII),
                        HexFormat.of().formatHex(found));
            }
        }
    }
}
