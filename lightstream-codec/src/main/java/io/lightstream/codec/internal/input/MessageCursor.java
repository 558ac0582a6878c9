package io.lightstream.codec.internal.input;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.metadata.MessageMetadata;
import io.lightstream.codec.ipc.Footer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads the metadata of the messages of an input, one behind the other or where a footer says they lie. Bodies are left
 * alone.
 */
public final class MessageCursor {
    /** One read for the metadata of most messages. */
    private static final int FIRST_BYTES = 1 << 10;

    private static final int LONGEST_PREFIX = 2 * MessagePrefix.LENGTH_BYTES;

    private final PositionedInput input;
    private final ReadLimits limits;
    private final InputSite site;
    private final MessageMetadata metadata;
    /** Prefix and metadata as they were read; the flatbuffer is then moved to the start. */
    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** Absent until {@link #next} has looked at something. */
    private @Nullable Look look;

    public MessageCursor(PositionedInput input, ReadLimits limits, InputSite site) {
        this.input = input;
        this.limits = limits;
        this.site = site;
        this.metadata = new MessageMetadata(limits, site);
    }

    /** What {@link #next} found at a position. */
    public sealed interface Found {
        /** A message whose body is there as well; {@link #metadata} tells of it. */
        record Message(MessageMetadata.Kind kind, Footer.Block block) implements Found {}

        /** The marker of the end of the stream; behind it is {@code end}. */
        record EndOfStream(long end) implements Found {}

        /** The input ends at a message boundary. */
        record EndOfInput() implements Found {}

        /**
         * The input ends inside of a message.
         *
         * @param what part of the message, which begins at {@code start} and is {@code bytes} long
         */
        record Incomplete(String what, long start, long bytes) implements Found {
            private static final String BODY = "body";

            /** Whether nothing but the body is incomplete. */
            public boolean hasMetadata() {
                return what.equals(BODY);
            }

            /** The error where nothing more can come: the input ends at {@code end}. */
            public TruncatedStreamException truncated(String source, long end) {
                return new TruncatedStreamException(source, start, what, bytes + " bytes", end - start);
            }
        }
    }

    /** What {@link #next} has drawn its conclusion from: so many bytes at a position. */
    private static final class Look {
        private long position;
        private int first;
        private int length;
        private int prefixBytes;
        /** 0 where the metadata were not looked at. */
        private int metadataBytes;

        private ByteBuffer again = ByteBuffer.allocate(FIRST_BYTES).order(ByteOrder.LITTLE_ENDIAN);

        void begin(long newPosition) {
            position = newPosition;
            prefixBytes = 0;
            metadataBytes = 0;
        }

        void prefix(int newFirst, int newPrefixBytes, int newLength) {
            first = newFirst;
            prefixBytes = newPrefixBytes;
            length = newLength;
        }

        /** The bytes as they are now. */
        ByteBuffer again(PositionedInput input) throws IOException {
            int wanted = prefixBytes + metadataBytes;
            if (again.capacity() < wanted) {
                again = ByteBuffer.allocate(wanted).order(ByteOrder.LITTLE_ENDIAN);
            }
            input.read(position, again.clear().limit(wanted));
            return again;
        }
    }

    /** Metadata of the message that was read last. */
    public MessageMetadata metadata() {
        return metadata;
    }

    /**
     * Reads the metadata of the message at {@code position}.
     *
     * @param end where the input ends, as far as the caller is concerned
     * @throws LightstreamException where there is no message, or its metadata are over a limit
     */
    public Found next(long position, long end) throws IOException {
        site.moveTo(position);
        Look looked = look(position);
        long available = end - position;
        if (available == 0) {
            return new Found.EndOfInput();
        }
        if (available < MessagePrefix.LENGTH_BYTES) {
            return new Found.Incomplete("prefix of a message", position, MessagePrefix.LENGTH_BYTES);
        }
        int there = (int) Math.min(bytes.capacity(), available);
        input.read(position, bytes.clear().limit(there));
        int prefixBytes = MessagePrefix.bytes(bytes.getInt(0));
        if (available < prefixBytes) {
            return new Found.Incomplete("prefix of a message", position, prefixBytes);
        }
        int length = bytes.getInt(prefixBytes - MessagePrefix.LENGTH_BYTES);
        looked.prefix(bytes.getInt(0), prefixBytes, length);
        if (length == 0) {
            return new Found.EndOfStream(position + prefixBytes);
        }
        MessagePrefix.requireLength(length, limits, site);
        if (available - prefixBytes < length) {
            return new Found.Incomplete("metadata", position + prefixBytes, length);
        }
        complete(position, there, prefixBytes + length);
        looked.metadataBytes = length;
        MessageMetadata.Kind kind = parse(prefixBytes, length);
        Footer.Block block = new Footer.Block(position, prefixBytes + length, metadata.bodyLength());
        return available - block.metadataLength() < block.bodyLength()
                ? new Found.Incomplete(Found.Incomplete.BODY, block.bodyOffset(), block.bodyLength())
                : new Found.Message(kind, block);
    }

    private Look look(long position) {
        Look looked = look;
        if (looked == null) {
            looked = new Look();
            look = looked;
        }
        looked.begin(position);
        return looked;
    }

    /**
     * Whether the input still holds the bytes of prefix and metadata that {@link #next} looked at last, also where it threw:
     * for an input that others may change meanwhile.
     */
    public boolean isUnchanged() throws IOException {
        Look last = look;
        if (last == null) {
            throw new IllegalStateException("no message was looked at");
        }
        ByteBuffer now = last.again(input);
        if (last.prefixBytes > 0
                && (now.getInt(0) != last.first
                        || now.getInt(last.prefixBytes - MessagePrefix.LENGTH_BYTES) != last.length)) {
            return false;
        }
        // The metadata that were read stand at the start of their buffer.
        return now.slice(last.prefixBytes, last.metadataBytes).equals(bytes.slice(0, last.metadataBytes));
    }

    /**
     * Reads the metadata of the message that a footer lists.
     *
     * @throws LightstreamException where it is another one than the footer says
     */
    public void read(Footer.Block block, MessageMetadata.Kind expected) throws IOException {
        site.moveTo(block.offset());
        if (block.metadataLength() > limits.maxMetadataBytes()) {
            throw site.over("maxMetadataBytes", limits.maxMetadataBytes(), block.metadataLength());
        }
        if (block.metadataLength() < LONGEST_PREFIX) {
            throw site.malformed("metadata length of the block", "8 or more", block.metadataLength());
        }
        bytes.clear();
        complete(block.offset(), 0, block.metadataLength());
        int prefixBytes = MessagePrefix.bytes(bytes.getInt(0));
        int length = bytes.getInt(prefixBytes - MessagePrefix.LENGTH_BYTES);
        // The body begins behind what the message says and behind what the footer says: both have to be one place.
        if (length <= 0 || length != block.metadataLength() - prefixBytes) {
            throw site.malformed("metadata length", block.metadataLength() - prefixBytes + " as in the footer", length);
        }
        MessageMetadata.Kind kind = parse(prefixBytes, length);
        if (kind != expected) {
            throw site.malformed("message that the footer lists", expected, kind);
        }
        if (metadata.bodyLength() != block.bodyLength()) {
            throw site.malformed("body length", block.bodyLength() + " as in the footer", metadata.bodyLength());
        }
    }

    /** Reads what is missing of the {@code wanted} bytes at {@code position}, of which {@code there} are there. */
    private void complete(long position, int there, int wanted) throws IOException {
        if (there >= wanted) {
            return;
        }
        if (bytes.capacity() < wanted) {
            ByteBuffer larger = ByteBuffer.allocate(wanted).order(ByteOrder.LITTLE_ENDIAN);
            larger.put(bytes.slice(0, there));
            bytes = larger;
        }
        input.read(position + there, bytes.limit(wanted).position(there));
    }

    private MessageMetadata.Kind parse(int prefixBytes, int length) throws LightstreamException {
        // The flatbuffer is addressed from its own start.
        System.arraycopy(bytes.array(), prefixBytes, bytes.array(), 0, length);
        return metadata.read(bytes.clear().limit(length));
    }
}
