package io.lightstream.codec.ipc;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.internal.input.FileTail;
import io.lightstream.codec.internal.input.MagicSearch;
import io.lightstream.codec.internal.input.MessageCursor;
import io.lightstream.codec.internal.metadata.MessageMetadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Finds the last footer of a file that may go on behind it.
 *
 * <p>Values can hold anything, whole Arrow files too, and those even files that were this one once. So a footer counts only
 * where each message that it lists is there, and where it begins right behind the last one of them: what lies inside of a body
 * has the metadata of that body in between.
 */
final class FooterSearch {
    /** What may lie between the last message and the footer: an end marker, and padding. */
    private static final int MOST_BETWEEN = 8 + 64;

    /** A flatbuffer with a table. */
    private static final int LEAST_FOOTER = 8;
    /** Values that by chance look like the end of the largest footer. */
    private static final int FALSE_FOOTERS = 32;

    private final FileContents.Source source;
    private final long size;
    private final MessageCursor messages;
    private final ByteBuffer word = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    /** Bytes of footers that may be read. Those of embedded files do not overlap; more were put there to cost time. */
    private long budget;

    FooterSearch(FileContents.Source source, long size) {
        this.source = source;
        this.size = size;
        this.budget = size + FALSE_FOOTERS * (long) source.options().limits().maxMetadataBytes();
        this.messages = new MessageCursor(source.input(), source.options().limits(), source.site());
    }

    /** The footer with which the file ended last. */
    Optional<FileTail> find() throws IOException {
        MagicSearch magic = new MagicSearch(source.input());
        for (long end = magic.endBefore(size); end >= FileTail.LEAST_BYTES; end = magic.endBefore(end - 1)) {
            if (mayEndFooter(end)) {
                Optional<FileTail> tail = read(end);
                if (tail.isPresent() && isOfThisFile(tail.get())) {
                    return tail;
                }
            }
        }
        return Optional.empty();
    }

    /** Whether length and first bytes are those of a footer, before memory is taken for all of it. */
    private boolean mayEndFooter(long end) throws IOException {
        long lengthAt = end - FileTail.TAIL_BYTES;
        int length = readInt(lengthAt);
        if (length < LEAST_FOOTER || length > lengthAt - FileTail.HEAD_BYTES) {
            return false;
        }
        int root = readInt(lengthAt - length);
        if (root < Integer.BYTES || root > length - Integer.BYTES) {
            return false;
        }
        budget -= length;
        if (budget < 0) {
            // Not to be passed over: the next one could be the last whole footer, and all behind that would be cut off.
            source.site().moveTo(end);
            throw source.site().malformed("what looks like footers", "that there are few", "too many to look at");
        }
        return true;
    }

    private int readInt(long position) throws IOException {
        source.input().read(position, word.clear());
        return word.getInt(0);
    }

    private Optional<FileTail> read(long end) throws IOException {
        try {
            return Optional.of(
                    FileTail.readEndingAt(end, source.input(), source.options().limits(), source.site()));
        } catch (LightstreamException e) {
            requireChance(end, e);
            return Optional.empty();
        }
    }

    /** At the very end it is no chance: the file is whole, but not to be read, with these limits at least. */
    private void requireChance(long end, LightstreamException e) throws LightstreamException {
        if (end == size && !(e instanceof MalformedStreamException)) {
            throw e;
        }
    }

    private boolean isOfThisFile(FileTail tail) throws IOException {
        try {
            for (Footer.Block block : tail.footer().dictionaries()) {
                messages.read(block, MessageMetadata.Kind.DICTIONARY_BATCH);
            }
            for (Footer.Block block : tail.footer().recordBatches()) {
                messages.read(block, MessageMetadata.Kind.RECORD_BATCH);
            }
        } catch (LightstreamException e) {
            requireChance(tail.end(), e);
            return false;
        }
        return followsItsMessages(tail);
    }

    /** Goes on from the last message that the footer lists, because there may be more of them: a schema at least. */
    private boolean followsItsMessages(FileTail tail) throws IOException {
        long position = FileTail.HEAD_BYTES;
        for (Footer.Block block : tail.footer().dictionaries()) {
            position = Math.max(position, block.end());
        }
        for (Footer.Block block : tail.footer().recordBatches()) {
            position = Math.max(position, block.end());
        }
        while (next(position, tail.start()) instanceof MessageCursor.Found.Message message) {
            position = message.block().end();
        }
        return tail.start() - position <= MOST_BETWEEN;
    }

    private MessageCursor.Found next(long position, long end) throws IOException {
        try {
            return messages.next(position, end);
        } catch (LightstreamException e) {
            return new MessageCursor.Found.EndOfInput(); // no message, in any case
        }
    }
}
