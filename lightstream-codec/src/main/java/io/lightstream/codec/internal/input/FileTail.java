package io.lightstream.codec.internal.input;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.metadata.FooterDecoder;
import io.lightstream.codec.ipc.Footer;
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
 *
 * @param footer the footer
 * @param byteOrder of all bodies
 * @param start where the footer begins
 * @param end where the file ends that the footer describes: behind the second magic
 */
public record FileTail(Footer footer, ByteOrder byteOrder, long start, long end) {
    static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    /** Footer length and magic. */
    public static final int TAIL_BYTES = Integer.BYTES + MAGIC.length;
    /** Covers the footer of a few columns and of some dozen batches. */
    private static final int LIKELY_BYTES = 4 << 10;
    /** Magic and padding: where the first message begins. */
    public static final int HEAD_BYTES = 8;

    /** Bytes of magic, footer length and magic again: no Arrow file is shorter. */
    public static final int LEAST_BYTES = HEAD_BYTES + TAIL_BYTES;

    /** Bytes in front of the first message: magic and padding. */
    public static ByteBuffer head() {
        return ByteBuffer.allocate(HEAD_BYTES).put(MAGIC).clear();
    }

    /** Bytes behind a footer of {@code footerBytes}: its length and the magic. */
    public static ByteBuffer tail(int footerBytes) {
        return ByteBuffer.allocate(TAIL_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(footerBytes)
                .put(MAGIC)
                .flip();
    }

    /** Whether the input, which has {@code size} bytes, begins as a file does. */
    public static boolean isFile(PositionedInput input, long size) throws IOException {
        return size >= MAGIC.length && isMagic(bytes(input, 0, MAGIC.length), 0);
    }

    /** Reads the footer at the end of the input. */
    public static FileTail read(PositionedInput input, ReadLimits limits, InputSite site) throws IOException {
        long size = input.size();
        requireSize(size, site);
        requireHead(input, site);
        return readEndingAt(size, input, limits, site);
    }

    /** Checks that the input, which may have no footer, begins as an Arrow file does. */
    public static void requireHead(PositionedInput input, InputSite site) throws IOException {
        site.moveTo(0);
        if (input.size() < HEAD_BYTES) {
            throw site.malformed("beginning of an Arrow file", HEAD_BYTES + " bytes", input.size());
        }
        requireMagic(bytes(input, 0, MAGIC.length), 0, 0, site);
    }

    /** Reads the footer of the file as it was when it ended at {@code end}; the magic at its beginning is not looked at. */
    public static FileTail readEndingAt(long end, PositionedInput input, ReadLimits limits, InputSite site)
            throws IOException {
        return read(end, TAIL_BYTES, input, limits, site);
    }

    /**
     * As {@link #readEndingAt}, where a read costs more than some bytes that nobody asked for: one brings the tail and most
     * footers.
     */
    public static FileTail readAtOnce(long end, PositionedInput input, ReadLimits limits, InputSite site)
            throws IOException {
        return read(end, LIKELY_BYTES, input, limits, site);
    }

    private static FileTail read(long end, int likelyBytes, PositionedInput input, ReadLimits limits, InputSite site)
            throws IOException {
        requireSize(end, site);
        long tailStart = end - TAIL_BYTES;
        int likely = (int) Math.min(likelyBytes, end);
        ByteBuffer last = bytes(input, end - likely, likely);
        requireMagic(last, likely - MAGIC.length, end - MAGIC.length, site);
        site.moveTo(tailStart);
        int length = last.getInt(likely - TAIL_BYTES);
        if (length <= 0 || length > tailStart - HEAD_BYTES) {
            throw site.malformed("footer length", "1.." + (tailStart - HEAD_BYTES), length);
        }
        if (length > FooterDecoder.mostBytes(limits)) {
            throw site.over(
                    "maxMetadataBytes, and " + FooterDecoder.BLOCK_BYTES + " bytes for each of maxBlocks",
                    FooterDecoder.mostBytes(limits),
                    length);
        }
        long start = tailStart - length;
        site.moveTo(start);
        ByteBuffer footer = length <= likely - TAIL_BYTES
                ? last.slice(likely - TAIL_BYTES - length, length).order(ByteOrder.LITTLE_ENDIAN)
                : footer(input, start, length, site);
        FooterDecoder.Decoded decoded = FooterDecoder.decode(footer, start, limits, site);
        return new FileTail(decoded.footer(), decoded.byteOrder(), start, end);
    }

    /** A footer is as long as the file has blocks, which may be more than the heap has room for. */
    private static ByteBuffer footer(PositionedInput input, long start, int length, InputSite site) throws IOException {
        try {
            return bytes(input, start, length);
        } catch (OutOfMemoryError e) {
            LightstreamException over = site.over(
                    "heap for the footer, by -Xmx", Runtime.getRuntime().maxMemory(), length);
            over.initCause(e);
            throw over;
        }
    }

    private static void requireSize(long size, InputSite site) throws LightstreamException {
        if (size < LEAST_BYTES) {
            throw site.malformed("size of an Arrow file", LEAST_BYTES + " bytes or more", size);
        }
    }

    private static ByteBuffer bytes(PositionedInput input, long position, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        input.read(position, bytes);
        return bytes.flip();
    }

    private static void requireMagic(ByteBuffer bytes, int index, long position, InputSite site)
            throws LightstreamException {
        if (!isMagic(bytes, index)) {
            site.moveTo(position);
            byte[] found = new byte[MAGIC.length];
            bytes.get(index, found);
            throw site.malformed(
                    "magic of an Arrow file",
                    new String(MAGIC, StandardCharsets.US_ASCII),
                    HexFormat.of().formatHex(found));
        }
    }

    private static boolean isMagic(ByteBuffer bytes, int index) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (bytes.get(index + i) != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }
}
