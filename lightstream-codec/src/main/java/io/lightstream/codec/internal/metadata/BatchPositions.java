package io.lightstream.codec.internal.metadata;

import java.nio.ByteBuffer;

/**
 * Where the numbers of a batch stand in the metadata of its message (Message.fbs, {@code Message}, {@code RecordBatch}): rows,
 * nodes, buffers, variadic counts, and the length of the body. Found once by following the offsets of the tables, they are
 * read from there as often as it takes.
 */
final class BatchPositions {
    static final int NODE_BYTES = 16;
    static final int BUFFER_BYTES = 16;

    private static final int VTABLE_HEADER_BYTES = 4;
    private static final int MESSAGE_HEADER = 2;
    private static final int MESSAGE_BODY_LENGTH = 3;
    private static final int DICTIONARY_DATA = 1;
    private static final int BATCH_LENGTH = 0;
    private static final int BATCH_NODES = 1;
    private static final int BATCH_BUFFERS = 2;
    private static final int BATCH_VARIADIC_COUNTS = 4;
    private static final int ABSENT = 0;

    private int bodyLengthAt;
    private int rowsAt;
    private final Vector nodes = new Vector(NODE_BYTES);
    private final Vector buffers = new Vector(BUFFER_BYTES);
    private final Vector variadicCounts = new Vector(Long.BYTES);

    /** A vector of numbers or structs; of none, where it is absent. */
    static final class Vector {
        private final int elementBytes;
        private int start;
        private int count;

        private Vector(int elementBytes) {
            this.elementBytes = elementBytes;
        }

        /** Position of the first element. */
        int start() {
            return start;
        }

        /** Number of elements. */
        int count() {
            return count;
        }

        /** Position behind the last element. */
        int end() {
            return start + count * elementBytes;
        }

        private void locate(ByteBuffer bytes, int member) {
            int vector = member == ABSENT ? ABSENT : follow(bytes, member);
            start = vector == ABSENT ? ABSENT : vector + Integer.BYTES;
            count = vector == ABSENT ? 0 : bytes.getInt(vector);
        }
    }

    /**
     * Finds the numbers of a record batch, or of that in a dictionary batch.
     *
     * @param verified metadata of such a message, which hold what the format says they must
     */
    void locate(ByteBuffer verified, MessageMetadata.Kind kind) {
        int message = follow(verified, 0);
        bodyLengthAt = member(verified, message, MESSAGE_BODY_LENGTH);
        int batch = follow(verified, member(verified, message, MESSAGE_HEADER));
        if (kind == MessageMetadata.Kind.DICTIONARY_BATCH) {
            batch = follow(verified, member(verified, batch, DICTIONARY_DATA));
        }
        rowsAt = member(verified, batch, BATCH_LENGTH);
        nodes.locate(verified, member(verified, batch, BATCH_NODES));
        buffers.locate(verified, member(verified, batch, BATCH_BUFFERS));
        variadicCounts.locate(verified, member(verified, batch, BATCH_VARIADIC_COUNTS));
    }

    private static int follow(ByteBuffer bytes, int at) {
        return at + bytes.getInt(at);
    }

    /** Position of a member of a table, or {@link #ABSENT}. */
    private static int member(ByteBuffer bytes, int table, int slot) {
        int vtable = table - bytes.getInt(table);
        int entry = VTABLE_HEADER_BYTES + slot * Short.BYTES;
        int distance = entry < (bytes.getShort(vtable) & 0xFFFF) ? bytes.getShort(vtable + entry) & 0xFFFF : 0;
        return distance == 0 ? ABSENT : table + distance;
    }

    /** Bytes of the body, unchecked. */
    long bodyLength(ByteBuffer bytes) {
        return number(bytes, bodyLengthAt);
    }

    /** Rows of the batch, unchecked. */
    long rows(ByteBuffer bytes) {
        return number(bytes, rowsAt);
    }

    private static long number(ByteBuffer bytes, int at) {
        return at == ABSENT ? 0 : bytes.getLong(at);
    }

    Vector nodes() {
        return nodes;
    }

    Vector buffers() {
        return buffers;
    }

    Vector variadicCounts() {
        return variadicCounts;
    }

    /** Beginning and end of each range of numbers, in pairs, in no order; empty where there are no such numbers. */
    int[] ranges() {
        return new int[] {
            bodyLengthAt,
            bodyLengthAt == ABSENT ? ABSENT : bodyLengthAt + Long.BYTES,
            rowsAt,
            rowsAt == ABSENT ? ABSENT : rowsAt + Long.BYTES,
            nodes.start(),
            nodes.end(),
            buffers.start(),
            buffers.end(),
            variadicCounts.start(),
            variadicCounts.end()
        };
    }
}
