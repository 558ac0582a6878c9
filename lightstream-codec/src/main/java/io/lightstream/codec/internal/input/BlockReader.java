package io.lightstream.codec.internal.input;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.frame.DecodeResult;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.body.BodyReceiver;
import io.lightstream.codec.internal.body.PendingBody;
import io.lightstream.codec.internal.metadata.MessageMetadata;
import io.lightstream.codec.ipc.Footer;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.memory.StagingBuffer;
import java.io.IOException;

/** Reads record batches and dictionaries that lie at known places into memory of the reader. */
public final class BlockReader implements AutoCloseable {
    /** A seek costs less than reading over a page; padding between buffers is shorter than this. */
    private static final int SKIP_BYTES = 64;

    private final PositionedInput input;
    private final InputSite site;
    private final MessageCursor messages;
    private final StagingBuffer staging = new StagingBuffer();

    public BlockReader(PositionedInput input, IpcReadOptions options, InputSite site) {
        this.input = input;
        this.site = site;
        this.messages = new MessageCursor(input, options.limits(), site);
    }

    /** The metadata that these methods use; it stands at the message that was read last. */
    public MessageCursor messages() {
        return messages;
    }

    /** The record batch at {@code block} of a file, owned by the caller. */
    public RecordBatch readBatch(Footer.Block block, StreamState file) throws IOException {
        messages.read(block, MessageMetadata.Kind.RECORD_BATCH);
        return readBatchBody(block, file);
    }

    /** The record batch of the message at which {@link #messages()} stands, owned by the caller. */
    public RecordBatch readBatchBody(Footer.Block block, StreamState stream) throws IOException {
        MessageMetadata metadata = messages.metadata();
        try (PendingBody body = stream.beginBatch(metadata)) {
            readBody(block, body);
            return stream.finishBatch(body, metadata.customMetadata());
        }
    }

    /** Keeps the dictionary at {@code block} of a file for the batches, unless no wanted column needs it. */
    public void readDictionary(Footer.Block block, StreamState file) throws IOException {
        messages.read(block, MessageMetadata.Kind.DICTIONARY_BATCH);
        if (file.wantsDictionary(messages.metadata())) {
            file.requireNoReplacement(messages.metadata(), site);
            readDictionaryBody(block, file);
        }
    }

    /** Keeps the dictionary of the message at which {@link #messages()} stands; it must be wanted. */
    public void readDictionaryBody(Footer.Block block, StreamState stream) throws IOException {
        MessageMetadata metadata = messages.metadata();
        try (PendingBody body = stream.beginDictionary(metadata)) {
            readBody(block, body);
            stream.finishDictionary(body, metadata.dictionaryId(), metadata.isDelta());
        }
    }

    private void readBody(Footer.Block block, PendingBody body) throws IOException {
        BodyReceiver receiver = body.receive(staging, SKIP_BYTES);
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

    /** Frees what bodies are read by way of; the input stays open. */
    @Override
    public void close() {
        staging.close();
    }
}
