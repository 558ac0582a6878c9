package io.lightstream.cli.inspect;

import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.internal.input.ChannelInput;
import io.lightstream.codec.internal.input.FileTail;
import io.lightstream.codec.ipc.Footer;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out what Arrow data consists of, without reading or allocating a body. Holds nothing; channels stay open. */
public final class Inspector {
    private final ReadLimits limits;

    /** An inspector that believes no more than {@code limits} of what it reads. */
    public Inspector(ReadLimits limits) {
        this.limits = limits;
    }

    /**
     * Walks a stream to its end marker, or to the end of the input.
     *
     * @param seekable whether bodies can be skipped; the channel is a {@link SeekableByteChannel} then
     * @throws io.lightstream.codec.LightstreamException where the input is no stream
     */
    public Inspection stream(ReadableByteChannel channel, String source, boolean seekable) throws IOException {
        InspectionInput input = new InspectionInput(channel, source, seekable);
        MessageScanner scanner = new MessageScanner(input, limits);
        List<MessageInfo> messages = new ArrayList<>();
        boolean more = true;
        while (more) {
            Optional<MessageInfo> message = scanner.next();
            message.ifPresent(messages::add);
            if (scanner.schema().isEmpty()) {
                throw scanner.site().malformed("first message", "a schema", kind(message));
            }
            more = message.isPresent() && !message.get().kind().equals(MessageInfo.END_OF_STREAM);
            if (more) {
                input.skip(message.orElseThrow().bodyBytes());
            }
        }
        Schema schema = scanner.schema().orElseThrow();
        return new Inspection(
                source, "arrows", name(scanner.byteOrder()), input.position(), schema, Map.of(), List.copyOf(messages));
    }

    private static String kind(Optional<MessageInfo> message) {
        return message.map(MessageInfo::kind).orElse("end of input");
    }

    /**
     * Looks at what the footer of a file lists.
     *
     * @throws io.lightstream.codec.LightstreamException where the input is no file
     */
    public Inspection file(SeekableByteChannel channel, String source) throws IOException {
        InspectionInput input = new InspectionInput(channel, source, true);
        MessageScanner scanner = new MessageScanner(input, limits);
        FileTail tail = FileTail.read(new ChannelInput(channel, source), limits, scanner.site());
        List<MessageInfo> messages = new ArrayList<>();
        Footer footer = tail.footer();
        for (Footer.Block block : blocksInOrder(footer)) {
            messages.add(message(input, scanner, block));
        }
        messages.add(MessageInfo.bare("footer", tail.start(), tail.end() - tail.start(), footer.metadata()));
        return new Inspection(
                source, "arrow", name(tail.byteOrder()), tail.end(), footer.schema(), footer.metadata(), messages);
    }

    /** Writers may put dictionaries behind the batches that need them; the table shows what lies where. */
    private static List<Footer.Block> blocksInOrder(Footer footer) {
        return Stream.concat(footer.dictionaries().stream(), footer.recordBatches().stream())
                .sorted(Comparator.comparingLong(Footer.Block::offset))
                .toList();
    }

    private static MessageInfo message(InspectionInput input, MessageScanner scanner, Footer.Block block)
            throws IOException {
        input.moveTo(block.offset());
        MessageInfo message = scanner.next()
                .orElseThrow(() -> scanner.site().malformed("block of the footer", "a message", "end of input"));
        if (message.bodyBytes() != block.bodyLength() || message.metadataBytes() > block.metadataLength()) {
            throw scanner.site()
                    .malformed(
                            "message at a block of the footer",
                            block.metadataLength() + "+" + block.bodyLength() + " bytes",
                            message.metadataBytes() + "+" + message.bodyBytes());
        }
        return message;
    }

    private static String name(ByteOrder order) {
        return order == ByteOrder.BIG_ENDIAN ? "big" : "little";
    }
}
