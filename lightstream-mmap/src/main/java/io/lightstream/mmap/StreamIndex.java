package io.lightstream.mmap;

import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.input.MessageCursor;
import io.lightstream.codec.internal.input.MessageCursor.Found;
import io.lightstream.codec.internal.metadata.MessageMetadata;
import io.lightstream.codec.ipc.Footer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A stream: messages are found one behind the other, by their metadata alone, and only as far as somebody asks. Where the
 * stream is malformed or torn, everything before that can be had, and everything behind it fails each time.
 */
final class StreamIndex implements BatchIndex {
    private final MessageCursor messages;
    private final InputSite site;
    private final long end;
    private final List<Footer.Block> dictionaries = new ArrayList<>();
    private final List<IndexedBatch> batches = new ArrayList<>();
    private long position;
    private boolean complete;

    private record IndexedBatch(Footer.Block block, int dictionariesBefore) {}

    /**
     * @param position behind the schema
     * @param end of the stream
     */
    StreamIndex(MessageCursor messages, InputSite site, long position, long end) {
        this.messages = messages;
        this.site = site;
        this.position = position;
        this.end = end;
    }

    @Override
    public int count() throws IOException {
        while (!complete) {
            advance();
        }
        return batches.size();
    }

    @Override
    public boolean has(int index) throws IOException {
        while (!complete && batches.size() <= index) {
            advance();
        }
        return index < batches.size();
    }

    @Override
    public Footer.Block batch(int index) {
        return batches.get(index).block();
    }

    @Override
    public int dictionariesBefore(int index) {
        return batches.get(index).dictionariesBefore();
    }

    @Override
    public int dictionariesAtEnd() {
        return dictionaries.size();
    }

    @Override
    public Footer.Block dictionary(int index) {
        return dictionaries.get(index);
    }

    @Override
    public boolean allowsReplacement() {
        return true;
    }

    private void advance() throws IOException {
        Found found = messages.next(position, end);
        if (found instanceof Found.Message message) {
            add(message);
            position = message.block().end();
        } else if (found instanceof Found.Incomplete torn) {
            throw torn.truncated(site.source(), end);
        } else {
            complete = true;
        }
    }

    private void add(Found.Message message) throws IOException {
        switch (message.kind()) {
            case RECORD_BATCH -> batches.add(new IndexedBatch(message.block(), dictionaries.size()));
            case DICTIONARY_BATCH -> dictionaries.add(message.block());
            case SCHEMA -> throw site.malformed("message", "one schema a stream", MessageMetadata.Kind.SCHEMA);
        }
    }
}
