package io.lightstream.mmap;

import io.lightstream.codec.Alignment;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.Validation;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.input.MessageCursor;
import io.lightstream.codec.internal.input.StreamState;
import io.lightstream.codec.internal.metadata.MessageMetadata;
import io.lightstream.codec.ipc.Footer;
import java.io.IOException;

/** Makes the batches of a mapped file, with the dictionaries that apply to each. Not thread-safe. */
final class MappedBatches implements AutoCloseable {
    /** What the format demands of every buffer. */
    private static final int FORMAT_ALIGNMENT = 8;

    private final BatchIndex index;
    private final MessageCursor messages;
    private final FileWindows windows;
    private final StreamState state;
    private final InputSite site;
    private final int alignment;
    /** Whether the pages of batches are read when they are made. */
    private final boolean checksValues;

    /** The first dictionary batches of the index that {@link #state} knows. */
    private int knownDictionaries;

    MappedBatches(
            BatchIndex index,
            MessageCursor messages,
            FileWindows windows,
            StreamState state,
            InputSite site,
            MapOptions options) {
        this.index = index;
        this.messages = messages;
        this.windows = windows;
        this.state = state;
        this.site = site;
        this.alignment = options.realign() ? Alignment.BYTES : FORMAT_ALIGNMENT;
        this.checksValues = options.validation() != Validation.STRUCTURE;
    }

    /** Record batch {@code number}, which is there; owned by the caller. */
    RecordBatch batch(int number) throws IOException {
        Footer.Block block = index.batch(number);
        try {
            if (state.wantsDictionaries()) {
                learnDictionaries(index.dictionariesBefore(number));
            }
            messages.read(block, MessageMetadata.Kind.RECORD_BATCH);
            if (checksValues) {
                windows.requireBytes(block.end());
            }
            return state.batchInPlace(messages.metadata(), windows.body(block.bodyOffset()), alignment);
        } catch (InternalError e) {
            throw cut(block, e);
        }
    }

    /** Looks at the dictionaries behind the last batch, which no batch needs: who reads to the end hears what is wrong with them. */
    void end() throws IOException {
        int count = index.dictionariesAtEnd();
        if (count > knownDictionaries) {
            try {
                learnDictionaries(count);
            } catch (InternalError e) {
                throw cut(index.dictionary(count - 1), e);
            }
        }
    }

    /** Brings the dictionaries to where they are after the first {@code count} dictionary batches. */
    private void learnDictionaries(int count) throws IOException {
        if (count < knownDictionaries) {
            forgetDictionaries();
        }
        boolean learned = false;
        try {
            for (; knownDictionaries < count; knownDictionaries++) {
                learn(index.dictionary(knownDictionaries));
            }
            learned = true;
        } finally {
            if (!learned) {
                forgetDictionaries();
            }
        }
    }

    private void learn(Footer.Block block) throws IOException {
        messages.read(block, MessageMetadata.Kind.DICTIONARY_BATCH);
        if (state.wantsDictionary(messages.metadata())) {
            if (!index.allowsReplacement()) {
                state.requireNoReplacement(messages.metadata(), site);
            }
            windows.requireBytes(block.end());
            state.dictionaryInPlace(messages.metadata(), windows.body(block.bodyOffset()), alignment);
        }
    }

    private void forgetDictionaries() {
        knownDictionaries = 0;
        state.close();
    }

    /** The pages of a mapping go with the end of the file: the JVM then tells of a fault in its own words. */
    private TruncatedStreamException cut(Footer.Block block, InternalError fault) {
        TruncatedStreamException error = new TruncatedStreamException(
                site.source(), block.offset(), "mapped file", "all bytes that it had when it was opened", "fewer");
        error.initCause(fault);
        return error;
    }

    @Override
    public void close() {
        state.close();
    }
}
