package io.lightstream.codec.ipc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Changes one message of a stream that is right otherwise. */
public final class Patch {
    private static final int BATCH_HEADER = 2;
    private static final int BODY_LENGTH = 3;
    private static final int PAIR_BYTES = 16;

    private final byte[] stream;
    private final ByteBuffer bytes;
    private final int message;

    private Patch(byte[] stream, int message) {
        this.stream = stream;
        this.bytes = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
        this.message = message;
    }

    /** Message {@code index} of a stream, in place. */
    public static Patch of(byte[] stream, int index) {
        Patch patch = new Patch(stream, 0);
        for (int i = 0; i < index; i++) {
            patch = new Patch(stream, patch.end());
        }
        return patch;
    }

    /** Where the message begins. */
    int position() {
        return message;
    }

    int metadataLength() {
        return bytes.getInt(message + Integer.BYTES);
    }

    /** Where the flatbuffer begins. */
    int metadata() {
        return message + 2 * Integer.BYTES;
    }

    /** Where the body begins. */
    int body() {
        return metadata() + metadataLength();
    }

    int end() {
        return body() + (root().has(BODY_LENGTH) ? (int) bytes.getLong(root().at(BODY_LENGTH)) : 0);
    }

    Flatbuffer root() {
        return Flatbuffer.root(stream, metadata());
    }

    /** The table of the record batch, which a dictionary batch has one level deeper. */
    Flatbuffer batch() {
        Flatbuffer header = root().table(BATCH_HEADER);
        return bytes.get(root().at(1)) == 2 ? header.table(1) : header;
    }

    public Patch metadataLength(int length) {
        return putInt(message + Integer.BYTES, length);
    }

    public Patch bodyLength(long length) {
        return putLong(root().at(BODY_LENGTH), length);
    }

    public Patch rows(long rows) {
        return putLong(batch().at(0), rows);
    }

    public Patch nodeCount(int count) {
        return putInt(batch().vector(1), count);
    }

    public Patch node(int index, long length, long nullCount) {
        int at = batch().vector(1) + Integer.BYTES + index * PAIR_BYTES;
        return putLong(at, length).putLong(at + Long.BYTES, nullCount);
    }

    public Patch bufferCount(int count) {
        return putInt(batch().vector(2), count);
    }

    private int bufferAt(int index) {
        return batch().vector(2) + Integer.BYTES + index * PAIR_BYTES;
    }

    long bufferOffset(int index) {
        return bytes.getLong(bufferAt(index));
    }

    long bufferLength(int index) {
        return bytes.getLong(bufferAt(index) + Long.BYTES);
    }

    public Patch buffer(int index, long offset, long length) {
        return putLong(bufferAt(index), offset).putLong(bufferAt(index) + Long.BYTES, length);
    }

    public Patch variadicCount(int index, long count) {
        return putLong(batch().vector(4) + Integer.BYTES + index * Long.BYTES, count);
    }

    /** Where a byte of a buffer stands in the stream. */
    public int inBuffer(int buffer, int offset) {
        return body() + (int) bufferOffset(buffer) + offset;
    }

    public Patch putByte(int at, int value) {
        bytes.put(at, (byte) value);
        return this;
    }

    public Patch putShort(int at, int value) {
        bytes.putShort(at, (short) value);
        return this;
    }

    public Patch putInt(int at, int value) {
        bytes.putInt(at, value);
        return this;
    }

    public Patch putLong(int at, long value) {
        bytes.putLong(at, value);
        return this;
    }

    int getInt(int at) {
        return bytes.getInt(at);
    }

    long getLong(int at) {
        return bytes.getLong(at);
    }
}
