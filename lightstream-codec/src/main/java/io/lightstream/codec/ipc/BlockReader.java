package io.lightstream.codec.ipc;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.frame.DecodeResult;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.body.BodyReceiver;
import io.lightstream.codec.internal.body.PendingBody;
import io.lightstream.codec.internal.metadata.MessageMetadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Reads the messages that a footer lists, wherever they lie. */
final class BlockReader {
    /** A seek costs less than reading over a page; padding between buffers is shorter than this. */
    private static final int SKIP_BYTES = 64;

    private final PositionedInput input;
    private final InputSite site;
    private final IpcReadOptions options;
    private final MessageMetadata metadata;
    private ByteBuffer metadataBytes = ByteBuffer.allocate(1 << 10).order(ByteOrder.LITTLE_ENDIAN);
    private @Nullable ByteBuffer staging;

    BlockReader(PositionedInput input, IpcReadOptions options, InputSite site) {
        this.input = input;
        this.site = site;
        this.options = options;
        this.metadata = new MessageMetadata(options.limits(), site);
    }

    /** The record batch at {@code block}, owned by the caller. */
    RecordBatch readBatch(Footer.Block block, StreamState file) throws IOException {
        readMetadata(block, MessageMetadata.Kind.RECORD_BATCH);
        try (PendingBody body = file.beginBatch(metadata)) {
            readBody(block, body);
            return file.finishBatch(body, metadata.customMetadata());
        }
    }

    /** Keeps the dictionary at {@code block} for the batches, unless no wanted column needs it. */
    void readDictionary(Footer.Block block, StreamState file) throws IOException {
        readMetadata(block, MessageMetadata.Kind.DICTIONARY_BATCH);
        if (!file.wantsDictionary(metadata)) {
            return;
        }
        if (!metadata.isDelta() && file.knowsDictionary(metadata.dictionaryId())) {
            throw site.malformed(
                    "dictionary " + metadata.dictionaryId(), "one, and deltas of it, in a file", "a replacement");
        }
        try (PendingBody body = file.beginDictionary(metadata)) {
            readBody(block, body);
            file.finishDictionary(body, metadata.dictionaryId(), metadata.isDelta());
        }
    }

    private void readMetadata(Footer.Block block, MessageMetadata.Kind expected) throws IOException {
        site.moveTo(block.offset());
        if (block.metadataLength() > options.limits().maxMetadataBytes()) {
            throw site.over("maxMetadataBytes", options.limits().maxMetadataBytes(), block.metadataLength());
        }
        if (block.metadataLength() < 2 * Integer.BYTES) {
            throw site.malformed("metadata length of the block", "8 or more", block.metadataLength());
        }
        if (metadataBytes.capacity() < block.metadataLength()) {
            metadataBytes = ByteBuffer.allocate(block.metadataLength()).order(ByteOrder.LITTLE_ENDIAN);
        }
        metadataBytes.clear().limit(block.metadataLength());
        input.read(block.offset(), metadataBytes);
        int prefixBytes = MessagePrefix.bytes(metadataBytes.getInt(0));
        int length = metadataBytes.getInt(prefixBytes - MessagePrefix.LENGTH_BYTES);
        if (length <= 0 || length > block.metadataLength() - prefixBytes) {
            throw site.malformed("metadata length", "1.." + (block.metadataLength() - prefixBytes), length);
        }
        // The flatbuffer is addressed from its own start.
        System.arraycopy(metadataBytes.array(), prefixBytes, metadataBytes.array(), 0, length);
        MessageMetadata.Kind kind = metadata.read(metadataBytes.clear().limit(length));
        if (kind != expected) {
            throw site.malformed("message that the footer lists", expected, kind);
        }
        if (metadata.bodyLength() != block.bodyLength()) {
            throw site.malformed("body length", block.bodyLength() + " as in the footer", metadata.bodyLength());
        }
    }

    private void readBody(Footer.Block block, PendingBody body) throws IOException {
        BodyReceiver receiver = body.receive(staging(), SKIP_BYTES);
        long position = block.bodyOffset();
        while (!receiver.isDone()) {
            DecodeResult<RecordBatch> step = receiver.next(0);
            if (step instanceof DecodeResult.NeedInto<RecordBatch> into) {
                position += input.read(position, into.destinations());
            } else if (step instanceof DecodeResult.Skip<RecordBatch> skip) {
                position += skip.bytes();
            }
        }
        receiver.copyStaged();
    }

    private ByteBuffer staging() {
        ByteBuffer current = staging;
        if (current == null) {
            current = ByteBuffer.allocateDirect(BodyReceiver.stagingBytes());
            staging = current;
        }
        return current;
    }
}
