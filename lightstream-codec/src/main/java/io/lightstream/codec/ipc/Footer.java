package io.lightstream.codec.ipc;

import io.lightstream.codec.internal.metadata.BlockTable;
import io.lightstream.codec.schema.Schema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of contents at the end of an Arrow file (File.fbs, {@code Footer}). Written and read apart from the batches, so
 * that a log of batches can get one later, or a new one after it grew.
 *
 * @param version metadata version: 4 is V4, 5 is V5
 * @param schema schema of all record batches
 * @param dictionaries where the dictionary batches lie, in the order in which they apply
 * @param recordBatches where the record batches lie, in the order of the file's rows
 * @param metadata custom metadata of the file, in the order in which it was given; repeated keys and what is no text are as in
 *     {@link Schema}
 */
public record Footer(
        int version, Schema schema, List<Block> dictionaries, List<Block> recordBatches, Map<String, String> metadata) {
    /** The version that is written: V5. */
    public static final int CURRENT_VERSION = 5;

    public Footer {
        dictionaries = unchangeable(dictionaries);
        recordBatches = unchangeable(recordBatches);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    private static List<Block> unchangeable(List<Block> blocks) {
        return blocks instanceof BlockTable ? blocks : List.copyOf(blocks);
    }

    /**
     * One message: its metadata and behind that its body. Lengths are in bytes.
     *
     * @param offset of the first byte of the message from the start of the file or stream
     * @param metadataLength of the metadata with the framing in front of it and the padding behind it
     * @param bodyLength of the body with its padding
     */
    public record Block(long offset, int metadataLength, long bodyLength) {
        /** Offset of the first byte of the body. */
        public long bodyOffset() {
            return offset + metadataLength;
        }

        /** Offset of the first byte behind the message. */
        public long end() {
            return bodyOffset() + bodyLength;
        }
    }
}
