package io.lightstream.codec.ipc;

import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.frame.GatheringOutput;
import io.lightstream.codec.internal.metadata.MessageMetadataEncoder;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * Writes record batches as an Arrow IPC stream (Columnar.rst, "IPC Streaming Format"):
 *
 * <pre>
 * | schema | dictionary batch* record batch | dictionary batch* record batch | ... | EOS |
 * </pre>
 *
 * <p>A dictionary is written before the first batch that needs it and again where it has changed, as a delta where it only
 * grew and {@link IpcWriteOptions#dictionaryDeltas()} allows it. Large buffers go to the channel from where they lie; small
 * messages are collected until {@link #flush()}.
 *
 * <p>The first message, the schema, is written when the writer is opened. One thread at a time. After an {@link IOException}
 * from the sink the writer can only be closed; after an {@link IllegalArgumentException} nothing has been written and it can
 * go on, and so after an {@link io.lightstream.codec.InvalidValueException} unless new dictionaries went ahead of the batch.
 */
public final class IpcStreamWriter implements BatchWriter {
    private final GatheringOutput output;
    private final boolean ownsOutput;
    private final Schema schema;
    private final MessageWriter messages;

    private IpcStreamWriter(GatheringOutput output, boolean ownsOutput, Schema schema, IpcWriteOptions options) {
        this.output = output;
        this.ownsOutput = ownsOutput;
        this.schema = schema;
        this.messages =
                new MessageWriter(output, schema, options, DictionaryChange.ofStream(options.dictionaryDeltas()));
    }

    /**
     * Opens a writer that owns the channel, even where this throws.
     *
     * @param channel in blocking mode
     * @throws IOException where the channel fails
     */
    public static IpcStreamWriter open(WritableByteChannel channel, Schema schema, IpcWriteOptions options)
            throws IOException {
        return Opening.of(
                channel, options, output -> new IpcStreamWriter(output, true, schema, options), IpcStreamWriter::begin);
    }

    /**
     * Opens a writer over an output that stays the caller's: closing the writer ends the stream and flushes, no more.
     *
     * @param output bodies lie at multiples of 64 bytes from its present position
     * @throws IOException where the output fails
     */
    public static IpcStreamWriter over(GatheringOutput output, Schema schema, IpcWriteOptions options)
            throws IOException {
        IpcStreamWriter writer = new IpcStreamWriter(output, false, schema, options);
        try {
            writer.begin();
            return writer;
        } catch (IOException | RuntimeException e) {
            writer.messages.close();
            throw e;
        }
    }

    private void begin() throws IOException {
        messages.writeSchema();
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public void write(RecordBatch batch) throws IOException {
        messages.write(batch, (id, block) -> {});
    }

    @Override
    public void write(VectorSchemaRoot root) throws IOException {
        try (RecordBatch batch = messages.roots().borrow(root)) {
            write(batch);
        }
    }

    @Override
    public void write(VectorSchemaRoot root, DictionaryProvider dictionaries) throws IOException {
        try (RecordBatch batch = messages.roots().borrow(root, dictionaries)) {
            write(batch);
        }
    }

    /** Bytes of the stream so far, held back ones included: where the next message begins. */
    public long position() {
        return messages.position();
    }

    /** The message that was written last. Its offset is counted from the beginning of the stream. */
    public Footer.Block lastMessage() {
        return messages.last();
    }

    @Override
    public void flush() throws IOException {
        messages.flush();
    }

    /** Writes the EOS marker, unless writing has failed before, and flushes; closes the channel if it is the writer's. */
    @Override
    public void close() throws IOException {
        if (messages.isClosed()) {
            return;
        }
        if (!ownsOutput) {
            end();
            return;
        }
        try (output) {
            end();
        }
    }

    private void end() throws IOException {
        try (messages) {
            if (messages.isOpen()) {
                messages.writeRaw(MessageMetadataEncoder.endOfStream());
                messages.flush();
            }
        }
    }
}
