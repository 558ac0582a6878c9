package io.lightstream.codec.internal.metadata;

import io.lightstream.codec.memory.NativeMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * The framed metadata of one batch after another. As long as these have the same number of nodes and buffers, which is all
 * batches of a schema without view columns, and the same custom metadata, only numbers are written from batch to batch, so a
 * batch makes no garbage here; the others are laid out in the same memory, which grows to what the largest needed.
 */
final class BatchTemplate {
    private static final int PAIR_BYTES = 16;

    private static final int NOTHING = -1;

    private final int codec;
    private final boolean dictionary;
    private final MessageLayout at = new MessageLayout();
    private ByteBuffer framed = ByteBuffer.allocateDirect(0);
    private long address;

    private int nodes = NOTHING;
    private int buffers;
    private int variadics;
    private Map<String, String> metadata = Map.of();

    /** @param codec of Message.fbs {@code CompressionType}, or negative where nothing is compressed */
    BatchTemplate(int codec, boolean dictionary) {
        this.codec = codec;
        this.dictionary = dictionary;
    }

    /** The framed metadata, until the next call. */
    ByteBuffer framed(BodyShape shape, long rows, Map<String, String> wanted) {
        if (!fits(shape, wanted)) {
            layOut(shape, wanted);
        }
        set(shape, rows);
        return framed;
    }

    private void layOut(BodyShape shape, Map<String, String> wanted) {
        nodes = NOTHING;
        ByteBuffer laidOut =
                at.write(shape.nodeCount(), shape.bufferCount(), shape.variadicCount(), codec, dictionary, wanted);
        if (framed.capacity() < laidOut.remaining()) {
            framed = ByteBuffer.allocateDirect(laidOut.capacity()).order(ByteOrder.LITTLE_ENDIAN);
            address = NativeMemory.addressOf(framed);
        }
        framed.clear().put(laidOut).flip();
        nodes = shape.nodeCount();
        buffers = shape.bufferCount();
        variadics = shape.variadicCount();
        metadata = wanted;
    }

    private boolean fits(BodyShape shape, Map<String, String> wanted) {
        return nodes == shape.nodeCount()
                && buffers == shape.bufferCount()
                && variadics == shape.variadicCount()
                && metadata.equals(wanted);
    }

    private void set(BodyShape shape, long rows) {
        NativeMemory.putLong(address + at.bodyLengthAt, shape.bodyLength());
        NativeMemory.putLong(address + at.rowsAt, rows);
        long node = address + at.nodesAt;
        for (int i = 0; i < nodes; i++, node += PAIR_BYTES) {
            NativeMemory.putLong(node, shape.nodeLength(i));
            NativeMemory.putLong(node + Long.BYTES, shape.nodeNullCount(i));
        }
        long buffer = address + at.buffersAt;
        for (int i = 0; i < buffers; i++, buffer += PAIR_BYTES) {
            NativeMemory.putLong(buffer, shape.bufferOffset(i));
            NativeMemory.putLong(buffer + Long.BYTES, shape.bufferLength(i));
        }
        long variadic = address + at.variadicAt;
        for (int i = 0; i < variadics; i++, variadic += Long.BYTES) {
            NativeMemory.putLong(variadic, shape.variadicBuffers(i));
        }
    }

    /** Completes what {@link #framed} gave for a dictionary. */
    void setDictionary(long id, boolean delta) {
        NativeMemory.putLong(address + at.dictionaryIdAt, id);
        NativeMemory.putByte(address + at.isDeltaAt, (byte) (delta ? 1 : 0));
    }
}
