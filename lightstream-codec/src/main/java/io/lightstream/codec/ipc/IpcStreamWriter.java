package io.lightstream.codec.ipc;

import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.frame.GatheringOutput;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.input.ChannelInput;
import io.lightstream.codec.internal.metadata.MessageMetadataEncoder;
import io.lightstream.codec.schema.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
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
 * <p>{@link #append} goes on with a stream in a file.
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
    private final Optional<AppendedFile> appended;
    private final Durability durability;

    private IpcStreamWriter(GatheringOutput output, boolean ownsOutput, Schema schema, IpcWriteOptions options) {
        this.output = output;
        this.ownsOutput = ownsOutput;
        this.schema = schema;
        this.messages =
                new MessageWriter(output, schema, options, DictionaryChange.ofStream(options.dictionaryDeltas()));
        this.appended = Optional.empty();
        this.durability = Durability.SYSTEM;
    }

    private IpcStreamWriter(AppendedFile file, long end, Schema schema, IpcAppendOptions options) {
        IpcWriteOptions writing = options.writing();
        this.output = GatheringOutput.open(file, MessageWriter.outputOptions(writing));
        this.ownsOutput = true;
        this.schema = schema;
        this.messages =
                new MessageWriter(output, end, schema, writing, DictionaryChange.ofStream(writing.dictionaryDeltas()));
        this.appended = Optional.of(file);
        this.durability = options.durability();
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
        } catch (IOException | RuntimeException | Error e) {
            Closeables.closeAfter(e, writer);
            throw e;
        }
    }

    /**
     * Opens a writer that goes on with a stream in a file, whose writer has ended it or was killed. Where the last whole
     * message ends, the first one of this writer begins; the end marker, or what there is of a message that is not whole, is
     * cut off before that, and nothing else ever is: whoever follows the file sees no message go. Where nothing is written, the
     * file stays as it is.
     *
     * <p>Dictionaries are sent again when they are first used, as a stream may do. Bodies lie at multiples of 64 bytes if those
     * in the file do: a stream has no room for padding.
     *
     * <p>Where writing fails, what was written stays; a message that is not whole is cut off by the next append. A {@link
     * java.nio.channels.FileChannel} is locked against further appenders, of other processes too, until the writer is closed.
     * Batches must have the {@linkplain #schema() schema} of the file, ids of dictionaries included.
     *
     * @param channel open for reading and writing, holding a stream and nothing else; closed with the writer, and where opening
     *     fails. An empty file, or one in which not even the schema is whole, begins a new stream if the options name a schema
     * @throws io.lightstream.codec.MalformedStreamException where the file holds anything else than a stream
     * @throws io.lightstream.codec.UnsupportedFeatureException where the stream is big-endian or has a metadata version before
     *     V5: what is written would not go with it
     * @throws io.lightstream.codec.LightstreamException where it has another schema than the options say, or another appender
     * @throws IOException where the channel fails
     */
    public static IpcStreamWriter append(SeekableByteChannel channel, IpcAppendOptions options) throws IOException {
        String name = options.writing().sink();
        InputSite site = new InputSite(name);
        try {
            AppendedFile.lock(channel, name);
            StreamTail tail = StreamTail.read(new ChannelInput(channel, name), options.limits(), site);
            if (tail.start().isEmpty() && options.schema().isPresent()) {
                Schema schema = options.schema().get();
                IpcStreamWriter writer = new IpcStreamWriter(new AppendedFile(channel, 0), 0, schema, options);
                writer.begin();
                return writer;
            }
            StreamTail.Start start = tail.requireWritable(site);
            SchemaCheck.require(options.schema(), start.schema(), name);
            return new IpcStreamWriter(new AppendedFile(channel, tail.end()), tail.end(), start.schema(), options);
        } catch (IOException | RuntimeException | Error e) {
            Closeables.closeAfter(e, channel);
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

    /** Whether the end of the stream was written: closed, not abandoned, and nothing had failed. */
    public boolean isEnded() {
        return messages.isEnded();
    }

    @Override
    public void flush() throws IOException {
        messages.guarded(() -> {
            messages.flush();
            force(Durability.FLUSH);
        });
    }

    private void force(Durability least) throws IOException {
        if (appended.isPresent() && durability.compareTo(least) >= 0) {
            messages.doOrFail(appended.get()::force);
        }
    }

    /** Writes the EOS marker, unless writing has failed before, and flushes; closes the channel if it is the writer's. */
    @Override
    public void close() throws IOException {
        messages.close(ownedOutput(), this::end);
    }

    private void end() throws IOException {
        if (!messages.isOpen()) {
            return;
        }
        boolean isUnchanged = appended.isPresent() && messages.isUntouched();
        if (!isUnchanged) {
            messages.writeRaw(MessageMetadataEncoder.endOfStream());
            messages.flush();
            force(Durability.END);
        }
        messages.end();
    }

    /**
     * Hands on what was written, lets the stream break off inside of a message, and closes the channel if it is the writer's. What was
     * {@linkplain #append appended} stays in the file, without an end.
     */
    @Override
    public void abandon() throws IOException {
        messages.close(ownedOutput(), this::breakOff);
    }

    private void breakOff() throws IOException {
        if (!messages.isOpen()) {
            return;
        }
        if (appended.isEmpty()) {
            messages.writeRaw(MessageMetadataEncoder.brokenOff());
        }
        messages.flush();
    }

    private Closeable ownedOutput() {
        return ownsOutput ? output : () -> {};
    }
}
