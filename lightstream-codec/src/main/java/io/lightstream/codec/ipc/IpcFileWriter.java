package io.lightstream.codec.ipc;

import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.frame.GatheringOutput;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.input.ChannelInput;
import io.lightstream.codec.internal.input.FileTail;
import io.lightstream.codec.internal.metadata.FooterEncoder;
import io.lightstream.codec.internal.metadata.MessageMetadataEncoder;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
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
 * <p>{@link #append} goes on with a file that exists.
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
    private final Optional<Continued> continued;

    /** A file that existed before, and what its last footer said. */
    private record Continued(
            AppendedFile file, Optional<Footer> footer, Map<String, String> metadata, Durability durability) {}

    private IpcFileWriter(GatheringOutput output, Schema schema, IpcWriteOptions options) {
        this.output = output;
        this.schema = schema;
        this.messages = new MessageWriter(output, schema, options, new FileDictionaryChange(options));
        this.continued = Optional.empty();
    }

    private IpcFileWriter(AppendedFile file, FileContents contents, IpcAppendOptions options) {
        IpcWriteOptions writing = options.writing();
        this.output = GatheringOutput.open(file, MessageWriter.outputOptions(writing));
        this.schema = contents.schema();
        this.messages = new MessageWriter(output, contents.end(), schema, writing, new FileDictionaryChange(writing));
        this.continued =
                Optional.of(new Continued(file, contents.footer(), contents.customMetadata(), options.durability()));
        messages.padFirst();
        messages.onFailure(file::rollBack);
        contents.handTo(messages.dictionaries());
        contents.dictionaries().forEach((id, blocks) -> dictionaries.put(id, new ArrayList<>(blocks)));
        batches.addAll(contents.batches());
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

    /**
     * Opens a writer that appends batches to an Arrow file of any producer. What is there is not read, but for the footer and
     * the dictionaries, and stays as it is:
     *
     * <pre>
     * | the file as it was, footer included | padding to 64 | dictionary batch* record batch ... | EOS | new footer ... |
     * </pre>
     *
     * <p>The new footer lists what the old one did and what was added, and keeps its custom metadata. Until it is written,
     * the file has no footer at its end and cannot be opened; {@link IpcFileRecovery} brings it back where the appender was
     * killed. Where writing fails with an exception, everything that this writer appended is cut off again. Where nothing is
     * written, the file stays as it is, byte for byte.
     *
     * <p>Dictionaries of the file are known: an equal one is not written again, for others see the class.
     *
     * <p>A {@link java.nio.channels.FileChannel} is locked against further appenders, of other processes too, until the writer
     * is closed. Batches must have the {@linkplain #schema() schema} of the file, ids of dictionaries included.
     *
     * @param channel open for reading and writing; closed with the writer, and where opening fails
     * @param allocator for the dictionaries of the file, until this returns; borrowed
     * @throws io.lightstream.codec.MalformedStreamException where it has no footer at its end: {@linkplain IpcFileRecovery
     *     recover} it first
     * @throws io.lightstream.codec.UnsupportedFeatureException where the file is big-endian or has a metadata version before
     *     V5: what is written would not go with it
     * @throws io.lightstream.codec.LightstreamException where it has another schema than the options say, or another appender
     * @throws IOException where the channel fails
     */
    public static IpcFileWriter append(SeekableByteChannel channel, BufferAllocator allocator, IpcAppendOptions options)
            throws IOException {
        String name = options.writing().sink();
        InputSite site = new InputSite(name);
        try (BufferAllocator child = allocator.newChildAllocator(name, 0, Long.MAX_VALUE)) {
            AppendedFile.lock(channel, name);
            ChannelInput input = new ChannelInput(channel, name);
            IpcReadOptions reading = IpcReadOptions.defaults().withSource(name).withLimits(options.limits());
            FileTail tail = tail(input, options.limits(), site);
            FileContents.Source source = new FileContents.Source(input, reading, site);
            try (FileContents contents = FileContents.of(tail, source, child)) {
                contents.requireWritable();
                SchemaCheck.require(options.schema(), contents.schema(), name);
                return over(channel, contents, options);
            }
        } catch (IOException | RuntimeException | Error e) {
            Closeables.closeAfter(e, channel);
            throw e;
        }
    }

    private static FileTail tail(ChannelInput input, ReadLimits limits, InputSite site) throws IOException {
        try {
            return FileTail.read(input, limits, site);
        } catch (MalformedStreamException e) {
            String problem = "no whole footer at the end: recover the file first";
            throw new MalformedStreamException(site.source(), site.position(), problem, e);
        }
    }

    /** A writer that goes on where the contents end. */
    static IpcFileWriter over(SeekableByteChannel channel, FileContents contents, IpcAppendOptions options) {
        return new IpcFileWriter(new AppendedFile(channel, contents.end()), contents, options);
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

    /** The message that this writer has written last. */
    public Footer.Block lastMessage() {
        return messages.last();
    }

    /** Number of record batches so far, those included that were there before. */
    public int batchCount() {
        return batches.size();
    }

    @Override
    public void flush() throws IOException {
        messages.guarded(() -> {
            messages.flush();
            force(Durability.FLUSH);
        });
    }

    private void force(Durability least) throws IOException {
        if (continued.isPresent() && continued.get().durability().compareTo(least) >= 0) {
            messages.doOrFail(continued.get().file()::force);
        }
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
     * @param metadata custom metadata of the footer; where the file had a footer before, they are added to those of that
     * @throws IOException where the sink fails
     * @throws IllegalStateException where the file is finished already
     */
    public Footer finish(Map<String, String> metadata) throws IOException {
        Footer[] footer = new Footer[1];
        messages.guarded(() -> footer[0] = end(metadata));
        return footer[0];
    }

    private Footer end(Map<String, String> metadata) throws IOException {
        messages.requireOpen();
        Map<String, String> all =
                new LinkedHashMap<>(continued.map(Continued::metadata).orElse(Map.of()));
        all.putAll(metadata);
        Optional<Footer> before = continued.flatMap(Continued::footer);
        if (before.isPresent() && isUnchanged(before.get(), all)) {
            messages.end();
            return before.get();
        }
        messages.doOrFail(this::writeWholeDictionaries);
        List<Footer.Block> blocks =
                dictionaries.values().stream().flatMap(List::stream).toList();
        Footer footer = new Footer(Footer.CURRENT_VERSION, schema, blocks, batches, all);
        ByteBuffer encoded = FooterEncoder.encode(footer);
        messages.writeRaw(MessageMetadataEncoder.endOfStream());
        if (continued.isPresent()) {
            // The footer must not reach the device before what it lists.
            messages.flush();
            force(Durability.END);
        }
        messages.writeRaw(encoded);
        messages.writeRaw(FileTail.tail(encoded.remaining()));
        messages.flush();
        force(Durability.END);
        messages.end();
        return footer;
    }

    private boolean isUnchanged(Footer before, Map<String, String> metadata) {
        return batches.size() == before.recordBatches().size() && metadata.equals(before.metadata());
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
        messages.close(output, () -> {
            if (messages.isOpen()) {
                end(Map.of());
            }
        });
    }

    /**
     * Closes the channel without a footer. What was {@linkplain #append appended} is cut off again; a new file cannot be opened, but
     * {@linkplain IpcFileRecovery recovered}.
     */
    @Override
    public void abandon() throws IOException {
        messages.close(output, () -> {
            if (!messages.isOpen()) {
                return;
            }
            if (continued.isPresent()) {
                continued.get().file().rollBack();
            } else {
                messages.flush();
            }
        });
    }
}
