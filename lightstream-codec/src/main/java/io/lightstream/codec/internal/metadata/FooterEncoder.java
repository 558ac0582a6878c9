package io.lightstream.codec.internal.metadata;

import com.google.flatbuffers.FlatBufferBuilder;
import io.lightstream.codec.ipc.Footer;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.MetadataVersion;

/** Writes the footer of a file (File.fbs). */
public final class FooterEncoder {
    private static final int FIRST_CAPACITY = 4096;

    private FooterEncoder() {}

    /** The flatbuffer {@code Footer}, without the length and magic behind it. */
    public static ByteBuffer encode(Footer footer) {
        FlatBufferBuilder out = new FlatBufferBuilder(FIRST_CAPACITY);
        int schema = SchemaEncoder.schema(out, footer.schema());
        int dictionaries = blocks(out, footer.dictionaries());
        int batches = blocks(out, footer.recordBatches());
        int metadata = SchemaEncoder.keyValues(out, footer.metadata());
        out.finish(org.apache.arrow.flatbuf.Footer.createFooter(
                out, MetadataVersion.V5, schema, dictionaries, batches, metadata));
        return out.dataBuffer().slice();
    }

    private static int blocks(FlatBufferBuilder out, List<Footer.Block> blocks) {
        out.startVector(FooterDecoder.BLOCK_BYTES, blocks.size(), Long.BYTES);
        for (int i = blocks.size() - 1; i >= 0; i--) {
            Footer.Block block = blocks.get(i);
            Block.createBlock(out, block.offset(), block.metadataLength(), block.bodyLength());
        }
        return out.endVector();
    }
}
