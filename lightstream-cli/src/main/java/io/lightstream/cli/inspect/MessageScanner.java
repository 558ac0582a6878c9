package io.lightstream.cli.inspect;

import io.lightstream.codec.Alignment;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.input.MessagePrefix;
import io.lightstream.codec.internal.metadata.BatchHeader;
import io.lightstream.codec.internal.metadata.MessageMetadata;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the metadata of one message after another and leaves the bodies where they are. */
final class MessageScanner {
    private final InspectionInput input;
    private final ReadLimits limits;
    private final InputSite site;
    private final MessageMetadata metadata;
    private Optional<Schema> schema = Optional.empty();
    private ByteOrder byteOrder = ByteOrder.LITTLE_ENDIAN;

    MessageScanner(InspectionInput input, ReadLimits limits) {
        this.input = input;
        this.limits = limits;
        this.site = new InputSite(input.source());
        this.metadata = new MessageMetadata(limits, site);
    }

    /** Schema of the last schema message. */
    Optional<Schema> schema() {
        return schema;
    }

    ByteOrder byteOrder() {
        return byteOrder;
    }

    InputSite site() {
        return site;
    }

    /** The message at the input's position, which is at the body afterwards; empty at the end of the input. */
    Optional<MessageInfo> next() throws IOException {
        long position = input.position();
        site.moveTo(position);
        ByteBuffer prefix = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (input.isAtEnd(prefix)) {
            return Optional.empty();
        }
        int length = prefix.getInt(0);
        if (schema.isEmpty()) {
            MessagePrefix.requireBeginning(length, limits, site);
        }
        if (MessagePrefix.bytes(length) > MessagePrefix.LENGTH_BYTES) {
            length = input.read(MessagePrefix.LENGTH_BYTES).getInt(0);
        }
        MessagePrefix.requireLength(length, limits, site);
        if (length == 0) {
            return Optional.of(
                    MessageInfo.bare(MessageInfo.END_OF_STREAM, position, input.position() - position, Map.of()));
        }
        MessageMetadata.Kind kind = metadata.read(input.read(length));
        return Optional.of(describe(kind, position, input.position() - position));
    }

    private MessageInfo describe(MessageMetadata.Kind kind, long position, long metadataBytes) throws IOException {
        if (kind == MessageMetadata.Kind.SCHEMA) {
            schema = Optional.of(metadata.schema());
            byteOrder = metadata.byteOrder();
            return MessageInfo.bare("schema", position, metadataBytes, metadata.customMetadata());
        }
        boolean isDictionary = kind == MessageMetadata.Kind.DICTIONARY_BATCH;
        BatchHeader batch = metadata.batch();
        return new MessageInfo(
                isDictionary ? "dictionary" : MessageInfo.RECORD_BATCH,
                position,
                metadataBytes,
                metadata.bodyLength(),
                alignment(batch, position + metadataBytes),
                compression(batch),
                OptionalLong.of(batch.rowCount()),
                isDictionary ? OptionalLong.of(metadata.dictionaryId()) : OptionalLong.empty(),
                isDictionary && metadata.isDelta(),
                metadata.customMetadata());
    }

    private static int alignment(BatchHeader batch, long bodyPosition) {
        long positions = 0;
        boolean any = false;
        for (int i = 0; i < batch.bufferCount(); i++) {
            if (batch.bufferLength(i) > 0) {
                positions |= bodyPosition + batch.bufferOffset(i);
                any = true;
            }
        }
        return any ? (int) Long.lowestOneBit(positions | Alignment.BYTES) : 0;
    }

    private static String compression(BatchHeader batch) {
        return switch (batch.codec()) {
            case NONE -> MessageInfo.NOT_COMPRESSED;
            case LZ4_FRAME -> "lz4";
            case ZSTD -> "zstd";
        };
    }
}
