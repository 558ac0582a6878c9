package io.lightstream.codec.ipc;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.Validation;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.input.BlockReader;
import io.lightstream.codec.internal.input.FileTail;
import io.lightstream.codec.internal.input.PositionedInput;
import io.lightstream.codec.internal.input.StreamState;
import io.lightstream.codec.internal.metadata.MessageMetadata;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;

/** What a file holds that is to be written on: what its next footer will list, and its dictionaries. */
final class FileContents implements AutoCloseable {
    private static final int LISTED_MULTIPLE = 8;

    private final Schema schema;
    private final ByteOrder byteOrder;
    private final Map<String, String> metadata;
    private final Optional<Footer> footer;
    private final StreamState state;
    private final BlockReader reader;
    private final InputSite site;
    private final List<Footer.Block> batches = new ArrayList<>();
    private final Map<Long, List<Footer.Block>> dictionaries = new LinkedHashMap<>();
    /** Dictionaries that got deltas behind the footer. */
    private final Set<Long> grown = new LinkedHashSet<>();

    private boolean isCurrentVersion;
    private long end;

    private FileContents(
            Schema schema,
            ByteOrder byteOrder,
            Optional<Footer> footer,
            long end,
            Source source,
            BufferAllocator allocator)
            throws LightstreamException {
        this.schema = schema;
        this.byteOrder = byteOrder;
        this.footer = footer;
        this.metadata = footer.map(Footer::metadata).orElse(Map.of());
        this.isCurrentVersion = footer.map(Footer::version).orElse(Footer.CURRENT_VERSION) == Footer.CURRENT_VERSION;
        this.end = end;
        this.site = source.site();
        IpcReadOptions options = source.options();
        // Their values are copied, and so have to lie inside of their buffers.
        Validation ofDictionaries =
                options.validation() == Validation.STRUCTURE ? Validation.FULL : options.validation();
        this.state = new StreamState(schema, byteOrder, () -> allocator, options, ofDictionaries, site);
        this.reader = new BlockReader(source.input(), options, site);
    }

    /** Where a file is read from, and how. */
    record Source(PositionedInput input, IpcReadOptions options, InputSite site) {}

    /** What a footer lists; reads the dictionaries. */
    static FileContents of(FileTail tail, Source source, BufferAllocator allocator) throws IOException {
        Footer footer = tail.footer();
        FileContents contents =
                new FileContents(footer.schema(), tail.byteOrder(), Optional.of(footer), tail.end(), source, allocator);
        try {
            for (Footer.Block block : footer.dictionaries()) {
                contents.reader.readDictionary(block, contents.state);
                contents.list(contents.metadata().dictionaryId(), block);
            }
        } catch (IOException | RuntimeException | Error e) {
            contents.close();
            throw e;
        }
        contents.batches.addAll(footer.recordBatches());
        return contents;
    }

    /** Nothing but a schema, whose message ends at {@code end}. */
    static FileContents of(Schema schema, ByteOrder byteOrder, long end, Source source, BufferAllocator allocator)
            throws IOException {
        return new FileContents(schema, byteOrder, Optional.empty(), end, source, allocator);
    }

    Schema schema() {
        return schema;
    }

    Optional<Footer> footer() {
        return footer;
    }

    List<Footer.Block> batches() {
        return batches;
    }

    /** Those that batches can refer to: of what was cut, one may lack the dictionary that its own values refer to. */
    Map<Long, List<Footer.Block>> dictionaries() {
        dictionaries.keySet().removeIf(id -> !state.hasDictionary(id));
        return dictionaries;
    }

    /** How many messages a footer of what is here lists at most. */
    long blockCount() {
        return batches.size()
                + dictionaries.values().stream().mapToLong(List::size).sum();
    }

    /** Custom metadata of the footer. */
    Map<String, String> customMetadata() {
        return metadata;
    }

    /** Where the footer ends, or the last message behind it. */
    long end() {
        return end;
    }

    /** The reader of messages, whose cursor {@link #accept} expects to stand at the message. */
    BlockReader reader() {
        return reader;
    }

    private MessageMetadata metadata() {
        return reader.messages().metadata();
    }

    private void list(long dictionaryId, Footer.Block block) {
        dictionaries.computeIfAbsent(dictionaryId, id -> new ArrayList<>()).add(block);
    }

    /** Reads a message behind those that are known, and takes it for one of the file. */
    void accept(MessageMetadata.Kind kind, Footer.Block block) throws IOException {
        requireListable(block);
        switch (kind) {
            case RECORD_BATCH -> {
                reader.readBatchBody(block, state).close();
                batches.add(block);
            }
            case DICTIONARY_BATCH -> acceptDictionary(block);
            case SCHEMA -> throw site.malformed("message", "one schema a file", kind);
        }
        isCurrentVersion &= !metadata().isBeforeV5();
        end = block.end();
    }

    /** A footer lists multiples of 8 only; a stream may be read without them. */
    private void requireListable(Footer.Block block) throws LightstreamException {
        if ((block.offset() | block.metadataLength() | block.bodyLength()) % LISTED_MULTIPLE != 0) {
            throw site.malformed(
                    "place of the message",
                    "multiples of " + LISTED_MULTIPLE,
                    block.offset() + "+" + block.metadataLength() + "+" + block.bodyLength());
        }
    }

    private void acceptDictionary(Footer.Block block) throws IOException {
        long id = metadata().dictionaryId();
        if (state.wantsDictionary(metadata())) {
            state.requireNoReplacement(metadata(), site);
            boolean isDelta = metadata().isDelta();
            reader.readDictionaryBody(block, state);
            list(id, block);
            if (isDelta) {
                grown.add(id);
            }
        }
    }

    /**
     * Fails where what is written now would not go with what is there.
     *
     * @throws LightstreamException where the file is big-endian, or of an old metadata version
     */
    void requireWritable() throws LightstreamException {
        site.moveTo(LightstreamException.UNKNOWN_POSITION);
        if (byteOrder == ByteOrder.BIG_ENDIAN) {
            throw site.unsupported(
                    "byte order of the file",
                    "little-endian, which is what is written: convert it first",
                    "big-endian");
        }
        if (!isCurrentVersion) {
            throw site.unsupported(
                    "metadata version of the file",
                    "V5, which is what is written, since some readers refuse files of two versions: convert it first",
                    "an older one");
        }
    }

    /** Lets a writer go on from these dictionaries. */
    void handTo(WrittenDictionaries written) {
        for (long id : dictionaries().keySet()) {
            written.startWith(id, state.dictionary(id), grown.contains(id));
        }
    }

    /** Gives up the dictionaries, and what they were read by way of. */
    @Override
    public void close() {
        reader.close();
        state.close();
    }
}
