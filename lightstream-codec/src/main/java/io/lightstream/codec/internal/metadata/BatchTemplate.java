package io.lightstream.codec.internal.metadata;

import io.lightstream.codec.memory.NativeMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * The framed metadata of batches that have the same number of nodes and buffers, which is all batches of a schema without
 * view columns. Only numbers are written from batch to batch, so a batch makes no garbage here.
 */
final class BatchTemplate {
    private static final int PAIR_BYTES = 16;

    private final int nodes;
    private final int buffers;
    private final int variadics;
    private final Map<String, String> metadata;
    private final MessageLayout at = new MessageLayout();
    private final ByteBuffer framed;
    private final long address;

    BatchTemplate(BodyShape shape, int codec, boolean dictionary, Map<String, String> metadata) {
        this.nodes = shape.nodeCount();
        this.buffers = shape.bufferCount();
        this.variadics = shape.variadicCount();
        this.metadata = metadata;
        ByteBuffer laidOut = at.write(nodes, buffers, variadics, codec, dictionary, metadata);
        this.framed = ByteBuffer.allocateDirect(laidOut.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        framed.put(laidOut).flip();
        this.address = NativeMemory.addressOf(framed);
    }

    boolean fits(BodyShape shape, Map<String, String> wanted) {
        return nodes == shape.nodeCount()
                && buffers == shape.bufferCount()
                && variadics == shape.variadicCount()
                && metadata.equals(wanted);
    }

    /** The framed metadata, until the next call of {@link #set}. */
    ByteBuffer framed() {
        return framed;
    }

    void set(BodyShape shape, long rows) {
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

    void setDictionary(long id, boolean delta) {
        NativeMemory.putLong(address + at.dictionaryIdAt, id);
        NativeMemory.putByte(address + at.isDeltaAt, (byte) (delta ? 1 : 0));
    }
}
