package io.lightstream.codec.internal.metadata;

import io.lightstream.codec.schema.Schema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the metadata of messages with the framing around it: continuation marker, length, flatbuffer, padding to 64 bytes.
 * The buffers it returns are direct and its own: valid until its next call, not to be changed. One thread at a time.
 */
public final class MessageMetadataEncoder {
    /** Bytes of the framing in front of the flatbuffer. */
    public static final int PREFIX_BYTES = MessageLayout.PREFIX_BYTES;

    private static final int ALIGNMENT = 64;

    private final int codec;
    private @Nullable BatchTemplate batch;
    private @Nullable BatchTemplate dictionary;

    /**
     * @param codec compression of the bodies as in Message.fbs {@code CompressionType}, or negative where there is none
     */
    public MessageMetadataEncoder(int codec) {
        this.codec = codec;
    }

    /**
     * A schema.
     *
     * @param position where the message begins in the stream or file: it is padded so that the next one begins at a multiple
     *     of 64
     */
    public static ByteBuffer schema(Schema schema, long position) {
        ByteBuffer message = SchemaEncoder.message(schema);
        int length = PREFIX_BYTES + message.remaining();
        int padded = (int) (roundUp(position + length) - position);
        ByteBuffer framed = ByteBuffer.allocateDirect(padded).order(ByteOrder.LITTLE_ENDIAN);
        framed.putInt(-1).putInt(padded - PREFIX_BYTES).put(message).clear();
        return framed;
    }

    /** The end of a stream. */
    public static ByteBuffer endOfStream() {
        return ByteBuffer.allocateDirect(PREFIX_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, -1);
    }

    /**
     * The beginning of a message that never comes. Behind it a stream is truncated for every reader: a length is promised, because
     * there are some that take a continuation marker alone for the end.
     */
    public static ByteBuffer brokenOff() {
        return ByteBuffer.allocateDirect(PREFIX_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, -1)
                .putInt(Integer.BYTES, PREFIX_BYTES);
    }

    /** A record batch. */
    public ByteBuffer recordBatch(BodyShape shape, long rows, Map<String, String> metadata) {
        BatchTemplate template = batch;
        if (template == null || !template.fits(shape, metadata)) {
            template = new BatchTemplate(shape, codec, false, metadata);
            batch = template;
        }
        template.set(shape, rows);
        return template.framed();
    }

    /** A dictionary batch. */
    public ByteBuffer dictionaryBatch(BodyShape shape, long rows, long id, boolean delta) {
        BatchTemplate template = dictionary;
        if (template == null || !template.fits(shape, Map.of())) {
            template = new BatchTemplate(shape, codec, true, Map.of());
            dictionary = template;
        }
        template.set(shape, rows);
        template.setDictionary(id, delta);
        return template.framed();
    }

    private static long roundUp(long size) {
        return (size + (ALIGNMENT - 1)) & -ALIGNMENT;
    }
}
