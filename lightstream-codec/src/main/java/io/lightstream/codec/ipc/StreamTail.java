package io.lightstream.codec.ipc;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.input.MessageCursor;
import io.lightstream.codec.internal.input.MessagePrefix;
import io.lightstream.codec.internal.input.PositionedInput;
import io.lightstream.codec.internal.input.ZeroBytes;
import io.lightstream.codec.internal.metadata.BatchHeader;
import io.lightstream.codec.internal.metadata.MessageMetadata;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How far a stream in a file is whole. Found by walking over the messages; bodies are left alone.
 *
 * @param start what the first message says; empty where not even that is whole
 * @param end where the last whole message ends
 * @param torn the message behind it that is not whole; empty where there is none
 * @param codec how record batches are compressed, the first ones at least
 */
record StreamTail(
        Optional<Start> start, long end, Optional<MessageCursor.Found.Incomplete> torn, BatchHeader.Codec codec) {

    private static final int FIRST_BYTES = MessagePrefix.LENGTH_BYTES;

    /** What the schema message says. */
    record Start(Schema schema, ByteOrder byteOrder, boolean isCurrentVersion) {}

    /** @throws LightstreamException where there is anything else than one stream, or a part of one */
    static StreamTail read(PositionedInput input, ReadLimits limits, InputSite site) throws IOException {
        long size = input.size();
        if (size >= FIRST_BYTES) {
            site.moveTo(0);
            MessagePrefix.requireBeginning(first(input, 0, size).getInt(0), limits, site);
        }
        MessageCursor cursor = new MessageCursor(input, limits, site);
        Optional<Start> start = Optional.empty();
        BatchHeader.Codec codec = BatchHeader.Codec.NONE;
        long end = 0;
        MessageCursor.Found found = cursor.next(end, size);
        while (found instanceof MessageCursor.Found.Message message) {
            boolean isSchema = message.kind() == MessageMetadata.Kind.SCHEMA;
            if (isSchema == start.isPresent()) {
                throw site.malformed("message", isSchema ? "one schema a stream" : "a schema first", message.kind());
            }
            MessageMetadata metadata = cursor.metadata();
            if (isSchema) {
                boolean isCurrent = !metadata.isBeforeV5();
                start = Optional.of(new Start(metadata.schema(), metadata.byteOrder(), isCurrent));
            } else if (codec == BatchHeader.Codec.NONE) {
                codec = metadata.batch().codec();
            }
            end = message.block().end();
            found = cursor.next(end, size);
        }
        if (start.isEmpty() && found instanceof MessageCursor.Found.Incomplete part && part.hasMetadata()) {
            throw site.malformed("message", "a schema first", "one with a body of " + part.bytes() + " bytes");
        }
        if (found instanceof MessageCursor.Found.EndOfStream marker) {
            requireNothing(marker.end(), size, input, site);
        }
        Optional<MessageCursor.Found.Incomplete> torn =
                found instanceof MessageCursor.Found.Incomplete part ? Optional.of(part) : Optional.empty();
        return new StreamTail(start, end, torn, codec);
    }

    /** Another stream may follow on a connection, but nobody would read it in a file: it must not be cut off unseen. */
    private static void requireNothing(long end, long size, PositionedInput input, InputSite site) throws IOException {
        if (!ZeroBytes.between(end, size, input)) {
            site.moveTo(end);
            throw site.malformed("behind the end of the stream", "nothing", size - end + " bytes");
        }
    }

    /**
     * Checks that a stream may end at {@link #end} without anything being lost but a part of a message: what is behind that is
     * nothing, the end marker, zeros that a file system left, or begins as a message does. A length without a continuation
     * marker is not enough: other data have one, too.
     */
    void requireCuttable(PositionedInput input, InputSite site) throws IOException {
        if (torn.isEmpty()) {
            return;
        }
        long size = input.size();
        ByteBuffer first = first(input, end, size);
        if (!MessagePrefix.isContinuation(first) && !ZeroBytes.between(end, size, input)) {
            site.moveTo(end);
            byte[] found = new byte[first.remaining()];
            first.get(found);
            throw site.malformed(
                    "what would be cut off",
                    "a message that is not whole (ffffffff)",
                    HexFormat.of().formatHex(found));
        }
    }

    private static ByteBuffer first(PositionedInput input, long position, long size) throws IOException {
        ByteBuffer first = ByteBuffer.allocate((int) Math.min(FIRST_BYTES, size - position));
        input.read(position, first);
        return first.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * What the stream begins with.
     *
     * @throws LightstreamException where there is no schema, or what is written now would not go with what is there
     */
    Start requireWritable(InputSite site) throws LightstreamException {
        site.moveTo(end);
        if (start.isEmpty()) {
            throw site.malformed("stream", "a schema to begin with", torn.isPresent() ? "a part of one" : "nothing");
        }
        if (start.get().byteOrder() == ByteOrder.BIG_ENDIAN) {
            throw site.unsupported(
                    "byte order of the stream",
                    "little-endian, which is what is written: convert it first",
                    "big-endian");
        }
        if (!start.get().isCurrentVersion()) {
            throw site.unsupported(
                    "metadata version of the stream", "V5, which is what is written: convert it first", "an older one");
        }
        return start.get();
    }
}
