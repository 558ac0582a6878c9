package io.lightstream.codec.internal.metadata;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.ipc.Footer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.jspecify.annotations.Nullable;

/** Reads the footer of a file (File.fbs). */
public final class FooterDecoder {
    /** Bytes of a block (File.fbs, {@code Block}). */
    public static final int BLOCK_BYTES = 24;

    private static final int ALIGNMENT = 8;
    /** No array of Java is longer. */
    private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

    private FooterDecoder() {}

    /** Bytes of the longest footer within the limits: the blocks come on top of what a message may have. */
    public static long mostBytes(ReadLimits limits) {
        return Math.min(MOST_BYTES, limits.maxMetadataBytes() + (long) BLOCK_BYTES * limits.maxBlocks());
    }

    /** A footer and the byte order of all bodies that it lists. */
    public record Decoded(Footer footer, ByteOrder byteOrder) {}

    /**
     * Verifies and reads the footer.
     *
     * @param bytes little-endian, the flatbuffer from index 0 to the limit; kept, and not to be changed any more
     * @param blocksEnd offset in the file behind which no block may reach: where the footer begins
     */
    public static Decoded decode(ByteBuffer bytes, long blocksEnd, ReadLimits limits, InputSite site)
            throws LightstreamException {
        new FlatbufferVerifier(limits, site).verify(bytes, ArrowShapes.FOOTER);
        org.apache.arrow.flatbuf.Footer encoded = org.apache.arrow.flatbuf.Footer.getRootAsFooter(bytes.position(0));
        // Old writers left the footer's version out; each message says its own.
        if (encoded.version() < 0 || encoded.version() > MetadataVersion.V5) {
            throw site.malformed("metadata version of the footer", "V1..V5", encoded.version());
        }
        if (encoded.schema() == null) {
            throw site.malformed("footer", "a schema", "none");
        }
        long blocks = (long) encoded.dictionariesLength() + encoded.recordBatchesLength();
        if (blocks > limits.maxBlocks()) {
            throw site.over("maxBlocks", limits.maxBlocks(), blocks);
        }
        long rest = bytes.limit() - BLOCK_BYTES * blocks;
        if (rest > limits.maxMetadataBytes()) {
            throw site.over("maxMetadataBytes (footer without its blocks)", limits.maxMetadataBytes(), rest);
        }
        Footer footer = new Footer(
                encoded.version() - MetadataVersion.V5 + Footer.CURRENT_VERSION,
                SchemaDecoder.decode(encoded.schema(), limits, site),
                blocks(encoded.dictionariesVector(), blocksEnd, site),
                blocks(encoded.recordBatchesVector(), blocksEnd, site),
                KeyValues.read(encoded.customMetadataVector()));
        return new Decoded(footer, MessageMetadata.byteOrder(encoded.schema()));
    }

    private static List<Footer.Block> blocks(Block.@Nullable Vector encoded, long end, InputSite site)
            throws LightstreamException {
        if (encoded == null || encoded.length() == 0) {
            return List.of();
        }
        Block block = new Block();
        for (int i = 0; i < encoded.length(); i++) {
            encoded.get(block, i);
            boolean aligned = (block.offset() | block.metaDataLength() | block.bodyLength()) % ALIGNMENT == 0;
            boolean inside = block.offset() >= 0
                    && block.metaDataLength() >= 0
                    && block.bodyLength() >= 0
                    && block.offset() <= end - block.metaDataLength()
                    && block.offset() + block.metaDataLength() <= end - block.bodyLength();
            if (!aligned || !inside) {
                throw site.malformed(
                        "block " + i + " of the footer",
                        "multiples of 8 inside of the " + end + " bytes before the footer",
                        block.offset() + "+" + block.metaDataLength() + "+" + block.bodyLength());
            }
        }
        return new BlockTable(encoded);
    }
}
