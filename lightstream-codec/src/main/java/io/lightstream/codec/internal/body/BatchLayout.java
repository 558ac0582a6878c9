package io.lightstream.codec.internal.body;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.metadata.BatchHeader;
import io.lightstream.codec.schema.DataType;

/**
 * What a message says of its nodes and of which buffers belong to them, with everything checked that can be told without the
 * body: counts, lengths of nodes against those of their parents, null counts. Reused from message to message.
 */
final class BatchLayout {
    final SchemaPlan plan;
    private long rowCount;
    /** Length and null count of each node. */
    private final long[] nodes;

    private NodeBuffers buffers;

    BatchLayout(SchemaPlan plan) {
        this.plan = plan;
        this.nodes = new long[2 * plan.nodeCount()];
        this.buffers = plan.fixedBuffers();
    }

    /** Takes over what the header says, and checks it. */
    void read(BatchHeader header, boolean isBeforeV5, InputSite site) throws LightstreamException {
        if (header.nodeCount() != plan.nodeCount()) {
            throw site.malformed("field nodes of the record batch", plan.nodeCount(), header.nodeCount());
        }
        rowCount = header.rowCount();
        for (int i = 0; i < plan.nodeCount(); i++) {
            nodes[2 * i] = header.nodeLength(i);
            nodes[2 * i + 1] = header.nodeNullCount(i);
        }
        buffers =
                plan.hasFixedBuffers(isBeforeV5) ? plan.fixedBuffers() : NodeBuffers.of(plan, header, isBeforeV5, site);
        if (header.bufferCount() != buffers.count()) {
            throw site.malformed("buffers of the record batch", buffers.count(), header.bufferCount());
        }
        if (isBeforeV5 && plan.hasOldValidity()) {
            requireNoOldNulls(header, site);
        }
        checkNodes(site);
    }

    /** What has no nulls of its own any more had them in old versions, and nobody reads them: neither does Arrow C++. */
    private void requireNoOldNulls(BatchHeader header, InputSite site) throws LightstreamException {
        for (int i = 0; i < plan.nodeCount(); i++) {
            boolean hasValidity = plan.node(i).hasOldValidity() && header.bufferLength(buffers.start(i)) > 0;
            if (hasValidity && nullCount(i) != 0) {
                throw site.unsupported(
                        "null count of field '" + name(i) + "' before metadata version V5", 0, nullCount(i));
            }
        }
    }

    private void checkNodes(InputSite site) throws LightstreamException {
        for (int field = 0; field < plan.fieldCount(); field++) {
            int node = plan.fieldNode(field);
            if (length(node) != rowCount) {
                throw site.malformed("rows of column '" + name(node) + "'", rowCount, length(node));
            }
        }
        for (int i = 0; i < plan.nodeCount(); i++) {
            if (length(i) < 0) {
                throw site.malformed("rows of field '" + name(i) + "'", "0 or more", length(i));
            }
            if (nullCount(i) < -1 || nullCount(i) > length(i)) {
                throw site.malformed("null count of field '" + name(i) + "'", "-1.." + length(i), nullCount(i));
            }
            checkChildren(i, site);
        }
    }

    private void checkChildren(int index, InputSite site) throws LightstreamException {
        NodePlan node = plan.node(index);
        switch (node.layout()) {
            case STRUCT, SPARSE_UNION -> {
                for (int child : node.children()) {
                    requireLength(child, length(index), site);
                }
            }
            case FIXED_SIZE_LIST ->
                requireLength(
                        node.children()[0],
                        elements(index, ((DataType.FixedSizeList) node.field().type()).listSize(), site),
                        site);
            case RUN_END_ENCODED -> {
                int ends = node.children()[0];
                requireLength(node.children()[1], length(ends), site);
                if (nullCount(ends) > 0) {
                    throw site.malformed("nulls among the run ends of field '" + name(index) + "'", 0, nullCount(ends));
                }
                if (length(index) > 0 && length(ends) == 0) {
                    throw site.malformed("runs of field '" + name(index) + "'", "1 or more", 0);
                }
            }
            default -> {}
        }
        if (node.field().type() instanceof DataType.MapType && !node.isDictionaryEncoded()) {
            int entries = node.children()[0];
            int keys = plan.node(entries).children()[0];
            if (nullCount(entries) > 0 || nullCount(keys) > 0) {
                throw site.malformed(
                        "nulls among the entries or keys of map '" + name(index) + "'",
                        0,
                        Math.max(nullCount(entries), nullCount(keys)));
            }
        }
    }

    private long elements(int index, int listSize, InputSite site) throws LightstreamException {
        try {
            return Math.multiplyExact(length(index), listSize);
        } catch (ArithmeticException e) {
            throw site.malformed(
                    "elements of field '" + name(index) + "'", "a 64-bit count", length(index) + " x " + listSize);
        }
    }

    private void requireLength(int child, long atLeast, InputSite site) throws LightstreamException {
        if (length(child) < atLeast) {
            throw site.malformed("rows of child '" + name(child) + "'", atLeast + " or more", length(child));
        }
    }

    long length(int node) {
        return nodes[2 * node];
    }

    long nullCount(int node) {
        return nodes[2 * node + 1];
    }

    /** Rows of the batch. */
    long rowCount() {
        return rowCount;
    }

    /** Which buffers belong to which node; not changed by the next message. */
    NodeBuffers buffers() {
        return buffers;
    }

    /** See {@link NodeBuffers#first}. */
    int firstBuffer(int node) {
        return buffers.first(node);
    }

    /** See {@link NodeBuffers#end}. */
    int bufferEnd(int node) {
        return buffers.end(node);
    }

    String name(int node) {
        return plan.node(node).field().name();
    }
}
