package io.lightstream.codec.ipc;

import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.frame.GatheringOutput;
import io.lightstream.codec.internal.input.FileTail;
import io.lightstream.codec.internal.metadata.FooterEncoder;
import io.lightstream.codec.internal.metadata.MessageMetadataEncoder;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * Writes record batches as an Arrow file (Columnar.rst, "IPC File Format"):
 *
 * <pre>
 * | "ARROW1" 0 0 | schema | dictionary batch* record batch | ... | EOS | footer | footer length i32 | "ARROW1" |
 * </pre>
 *
 * <p>Everything between the magic and the footer is a stream, which can be read while the file grows. The footer comes with
 * {@link #finish()} or {@link #close()}.
 *
 * <p>Dictionaries of a file can grow but not be replaced: {@link IpcWriteOptions#fileDictionaries()} says what happens then.
 * One that grew is written by deltas as the file grows, and once more as a whole before the footer, which lists only that:
 * many readers do not apply the deltas of a file. What was written of dictionaries is kept in memory until then, unless {@link
 * IpcWriteOptions#wholeDictionaries()} is off.
 *
 * <p>One thread at a time. After an {@link IOException} from the sink the writer can only be closed, which writes no footer;
 * after an {@link IllegalArgumentException} or {@link io.lightstream.codec.UnsupportedFeatureException} nothing has been
 * written and it can go on, and so after an {@link io.lightstream.codec.InvalidValueException} unless new dictionaries went
 * ahead of the batch.
 */
public final class IpcFileWriter implements BatchWriter {
    private final GatheringOutput output;
    private final Schema schema;
    private final MessageWriter messages;
    private final Map<Long, List<Footer.Block>> dictionaries = new LinkedHashMap<>();
    private final List<Footer.Block> batches = new ArrayList<>();

    private IpcFileWriter(GatheringOutput output, Schema schema, IpcWriteOptions options) {
        this.output = output;
        this.schema = schema;
        this.messages = new MessageWriter(output, schema, options, new FileDictionaryChange(options));
    }

    /**
     * Opens a writer that owns the channel, even where this throws.
     *
     * @param channel in blocking mode; the file begins at its present position
     * @throws IOException where the channel fails
     */
    public static IpcFileWriter open(WritableByteChannel channel, Schema schema, IpcWriteOptions options)
            throws IOException {
        return Opening.of(channel, options, output -> new IpcFileWriter(output, schema, options), IpcFileWriter::begin);
    }

    private void begin() throws IOException {
        messages.writeRaw(FileTail.head());
        messages.writeSchema();
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public void write(RecordBatch batch) throws IOException {
        messages.write(
                batch,
                (id, block) ->
                        dictionaries.computeIfAbsent(id, i -> new ArrayList<>()).add(block));
        batches.add(messages.last());
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

    /** Bytes of the file so far, held back ones included: where the next message begins. */
    public long position() {
        return messages.position();
    }

    /** The message that was written last. */
    public Footer.Block lastMessage() {
        return messages.last();
    }

    /** Number of record batches so far. */
    public int batchCount() {
        return batches.size();
    }

    @Override
    public void flush() throws IOException {
        messages.flush();
    }

    /**
     * Ends the file without custom metadata; see {@link #finish(Map)}.
     *
     * @throws IOException where the sink fails
     */
    public Footer finish() throws IOException {
        return finish(Map.of());
    }

    /**
     * Writes EOS marker and footer, and flushes. Nothing can be written afterwards; the channel stays open until {@link
     * #close()}.
     *
     * @param metadata custom metadata of the footer
     * @throws IOException where the sink fails
     * @throws IllegalStateException where the file is finished already
     */
    public Footer finish(Map<String, String> metadata) throws IOException {
        messages.requireOpen();
        writeWholeDictionaries();
        List<Footer.Block> blocks =
                dictionaries.values().stream().flatMap(List::stream).toList();
        Footer footer = new Footer(Footer.CURRENT_VERSION, schema, blocks, batches, metadata);
        ByteBuffer encoded = FooterEncoder.encode(footer);
        messages.writeRaw(MessageMetadataEncoder.endOfStream());
        messages.writeRaw(encoded);
        messages.writeRaw(FileTail.tail(encoded.remaining()));
        messages.flush();
        messages.end();
        return footer;
    }

    /** Spares readers the deltas: Arrow Java ignores those of a file, and polars refuses them. */
    private void writeWholeDictionaries() throws IOException {
        if (dictionaries.values().stream().allMatch(blocks -> blocks.size() == 1)) {
            return;
        }
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            for (Map.Entry<Long, List<Footer.Block>> entry : dictionaries.entrySet()) {
                if (messages.writeWhole(entry.getKey(), memory.allocator())) {
                    entry.setValue(List.of(messages.last()));
                }
            }
        }
    }

    /** Finishes the file, unless that was done or writing has failed before, and closes the channel. */
    @Override
    public void close() throws IOException {
        if (messages.isClosed()) {
            return;
        }
        try (output) {
            if (messages.isOpen()) {
                finish();
            }
        } finally {
            messages.close();
        }
    }
}
