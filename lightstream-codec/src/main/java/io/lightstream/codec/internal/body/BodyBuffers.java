package io.lightstream.codec.internal.body;

import io.lightstream.codec.internal.Bitmaps;

/**
 * Where the buffers of one record batch lie in memory: address and length of each, in the order of the message. Buffers
 * nobody wants, and empty ones, have length 0.
 *
 * <p>They stand in an array together with what else the columns need to know, because the array is what a batch keeps:
 *
 * <pre>
 * | address, length of each buffer | null count of each node | rows of each node; of the batch, where nothing is nested |
 * </pre>
 */
final class BodyBuffers {
    private long[] numbers = {};

    /** Starts over, in an array of its own, with buffers of length 0. */
    void reset(BatchLayout layout) {
        NodeBuffers buffers = layout.buffers();
        numbers = new long[endOf(buffers)];
        numbers[rowsAt(buffers, 0)] = layout.rowCount();
        for (int node = 0; node < layout.plan.nodeCount(); node++) {
            numbers[nullCountAt(buffers, node)] = layout.nullCount(node);
            numbers[rowsAt(buffers, node)] = layout.length(node);
        }
    }

    private static int endOf(NodeBuffers buffers) {
        SchemaPlan plan = buffers.plan();
        return plan.isFlat() ? rowsAt(buffers, 0) + 1 : rowsAt(buffers, plan.nodeCount());
    }

    /** Where in {@link #numbers()} the null count of a node stands. */
    static int nullCountAt(NodeBuffers buffers, int node) {
        return 2 * buffers.count() + node;
    }

    /** Where in {@link #numbers()} the rows of a node stand; those of node 0 also where there is none. */
    static int rowsAt(NodeBuffers buffers, int node) {
        SchemaPlan plan = buffers.plan();
        return 2 * buffers.count() + plan.nodeCount() + (plan.isFlat() ? 0 : node);
    }

    void set(int buffer, long address, long length) {
        numbers[2 * buffer] = address;
        numbers[2 * buffer + 1] = length;
    }

    long address(int buffer) {
        return numbers[2 * buffer];
    }

    long length(int buffer) {
        return numbers[2 * buffer + 1];
    }

    /** Address of the bitmap of a node, or 0 where all its values are valid. */
    long validity(BatchLayout layout, int node) {
        int bitmap = layout.firstBuffer(node);
        boolean isRead = layout.plan.node(node).layout().hasValidity() && layout.nullCount(node) != 0;
        return isRead && length(bitmap) > 0 ? address(bitmap) : 0;
    }

    /**
     * Where there are no nulls the bitmap says nothing: leaves it out of the nodes {@code from} to {@code to}, so that whoever
     * looks at bits finds what the null count says. Arrow C++ does not even load it.
     */
    void leaveOutBitmapsOfNoNulls(BatchLayout layout, int from, int to) {
        for (int node = from; node < to; node++) {
            if (layout.nullCount(node) == 0 && layout.plan.node(node).layout().hasValidity()) {
                int bitmap = layout.firstBuffer(node);
                set(bitmap, address(bitmap), 0);
            }
        }
    }

    /** How many values of a node its bitmap calls null. */
    long nulls(BatchLayout layout, int node) {
        long validity = validity(layout, node);
        return validity == 0 ? 0 : layout.length(node) - Bitmaps.count(validity, 0, layout.length(node));
    }

    /** Everything, as a batch keeps it. Not to be changed any more. */
    long[] numbers() {
        return numbers;
    }
}
