package io.lightstream.codec.internal.metadata;

import io.lightstream.codec.schema.MetadataText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;

/**
 * Lays out the metadata of a record or dictionary batch, front to back, with every value that differs from batch to batch at
 * a known place. Flatbuffers allow any order as long as offsets point forward, so this needs no builder:
 *
 * <pre>
 * | continuation | length | root | Message | DictionaryBatch? | RecordBatch | BodyCompression? | nodes | buffers
 * | variadic counts? | custom metadata? | padding to 64 |
 * </pre>
 */
final class MessageLayout {
    static final int PREFIX_BYTES = 8;
    private static final int CONTINUATION = -1;
    private static final int ALIGNMENT = 64;
    private static final int NODE_BYTES = 16;
    private static final int ABSENT = 0;
    /** No array of Java is longer. */
    private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

    private ByteBuffer out = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);

    int bodyLengthAt;
    int dictionaryIdAt;
    int isDeltaAt;
    int rowsAt;
    int nodesAt;
    int buffersAt;
    int variadicAt;

    /**
     * The framed metadata with room where the values go; valid until the next call.
     *
     * @param codec of Message.fbs {@code CompressionType}, or negative where nothing is compressed
     */
    ByteBuffer write(
            int nodes, int buffers, int variadics, int codec, boolean dictionary, Map<String, String> metadata) {
        out.clear();
        putInt(CONTINUATION);
        putInt(0);
        int root = offset();

        table(root, 24, 4, 6, 16, 8, metadata.isEmpty() ? ABSENT : 20);
        putShort(MetadataVersion.V5);
        putByte(dictionary ? MessageHeader.DictionaryBatch : MessageHeader.RecordBatch);
        putByte(0);
        bodyLengthAt = putLong();
        int header = offset();
        int custom = offset();
        if (dictionary) {
            table(header, 24, 8, 4, 16);
            header = offset();
            dictionaryIdAt = putLong();
            isDeltaAt = putByte(0);
            align(Long.BYTES, 0);
        }
        writeBatch(header, nodes, buffers, variadics, codec);
        if (!metadata.isEmpty()) {
            writeKeyValues(custom, metadata);
        }
        align(ALIGNMENT, 0);
        out.putInt(Integer.BYTES, out.position() - PREFIX_BYTES);
        return out.flip();
    }

    private void writeBatch(int header, int nodes, int buffers, int variadics, int codec) {
        table(header, 32, 8, 4, 16, codec < 0 ? ABSENT : 20, variadics == 0 ? ABSENT : 24);
        int nodeVector = offset();
        rowsAt = putLong();
        int bufferVector = offset();
        int compression = offset();
        int variadicVector = offset();
        putInt(0);
        if (codec >= 0) {
            table(compression, 8, 4, 5);
            putByte(codec);
            putByte(0);
            putShort(0);
        }
        nodesAt = vector(nodeVector, nodes, NODE_BYTES);
        buffersAt = vector(bufferVector, buffers, NODE_BYTES);
        if (variadics > 0) {
            variadicAt = vector(variadicVector, variadics, Long.BYTES);
        }
    }

    private void writeKeyValues(int vector, Map<String, String> metadata) {
        align(Integer.BYTES, 0);
        point(vector, out.position());
        putInt(metadata.size());
        int firstEntry = out.position();
        for (int i = 0; i < metadata.size(); i++) {
            offset();
        }
        int vtable = vtable(12, 4, 8);
        int i = 0;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            point(firstEntry + Integer.BYTES * i++, out.position());
            putInt(out.position() - vtable);
            int key = offset();
            int value = offset();
            string(key, entry.getKey());
            string(value, entry.getValue());
        }
    }

    private void string(int at, String text) {
        byte[] bytes = MetadataText.toBytes(text);
        point(at, out.position());
        putInt(bytes.length);
        room(bytes.length + 1);
        out.put(bytes).put((byte) 0);
        align(Integer.BYTES, 0);
    }

    /** Writes where each field lies in its table; returns the position. */
    private int vtable(int tableBytes, int... fields) {
        int at = out.position();
        putShort((2 + fields.length) * Short.BYTES);
        putShort(tableBytes);
        for (int field : fields) {
            putShort(field);
        }
        return at;
    }

    /**
     * Writes the vtable of a table and begins the table on an 8-byte boundary. The vtable stands right before the table,
     * because some readers (polars) cannot look back behind the offset that led them there.
     */
    private void table(int offsetAt, int tableBytes, int... fields) {
        int vtable = vtable(tableBytes, fields);
        align(Long.BYTES, 0);
        point(offsetAt, out.position());
        putInt(out.position() - vtable);
    }

    /** Writes the count and leaves room; returns the position of the elements, which lies on an 8-byte boundary. */
    private int vector(int offsetAt, int count, int elementBytes) {
        align(Long.BYTES, Integer.BYTES);
        point(offsetAt, out.position());
        putInt(count);
        int elements = out.position();
        long bytes = (long) count * elementBytes;
        room(bytes);
        out.position(elements + (int) bytes);
        return elements;
    }

    /** Leaves room for an offset, to be set by {@link #point}; returns its position. */
    private int offset() {
        int at = out.position();
        putInt(0);
        return at;
    }

    private void point(int offsetAt, int target) {
        out.putInt(offsetAt, target - offsetAt);
    }

    private void align(int boundary, int remainder) {
        while (out.position() % boundary != remainder) {
            putByte(0);
        }
    }

    private int putLong() {
        room(Long.BYTES);
        int at = out.position();
        out.putLong(0);
        return at;
    }

    private void putInt(int value) {
        room(Integer.BYTES);
        out.putInt(value);
    }

    private void putShort(int value) {
        room(Short.BYTES);
        out.putShort((short) value);
    }

    private int putByte(int value) {
        room(Byte.BYTES);
        int at = out.position();
        out.put((byte) value);
        return at;
    }

    private void room(long bytes) {
        if (out.remaining() < bytes) {
            long needed = out.position() + bytes;
            if (needed > MOST_BYTES) {
                throw new IllegalArgumentException(
                        "metadata of a message: expected at most " + MOST_BYTES + " bytes, found " + needed);
            }
            int capacity = (int) Math.min(MOST_BYTES, Math.max(needed, 2L * out.capacity()));
            out = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(out.flip());
        }
    }
}
