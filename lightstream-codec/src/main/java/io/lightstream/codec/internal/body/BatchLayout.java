package io.lightstream.codec.internal.body;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.metadata.BatchHeader;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Layout;

/**
 * Which nodes and buffers of a message belong to which field, with everything checked that can be told without the body:
 * counts, lengths of nodes against those of their parents, null counts.
 */
final class BatchLayout {
    final SchemaPlan plan;
    final long rowCount;
    /** Length and null count of each node. */
    final long[] nodes;
    /** First buffer of each node, and the number of buffers behind the last. */
    final int[] firstBuffers;

    private final boolean unionsHaveValidity;

    private BatchLayout(SchemaPlan plan, long rowCount, long[] nodes, int[] firstBuffers, boolean unionsHaveValidity) {
        this.plan = plan;
        this.rowCount = rowCount;
        this.nodes = nodes;
        this.firstBuffers = firstBuffers;
        this.unionsHaveValidity = unionsHaveValidity;
    }

    static BatchLayout of(SchemaPlan plan, BatchHeader header, boolean unionsHaveValidity, InputSite site)
            throws LightstreamException {
        if (header.nodeCount() != plan.nodeCount()) {
            throw site.malformed("field nodes of the record batch", plan.nodeCount(), header.nodeCount());
        }
        long[] nodes = new long[2 * plan.nodeCount()];
        for (int i = 0; i < plan.nodeCount(); i++) {
            nodes[2 * i] = header.nodeLength(i);
            nodes[2 * i + 1] = header.nodeNullCount(i);
        }
        int[] firstBuffers = plan.hasFixedBuffers(unionsHaveValidity)
                ? plan.firstBuffers()
                : countBuffers(plan, header, unionsHaveValidity, site);
        if (header.bufferCount() != firstBuffers[plan.nodeCount()]) {
            throw site.malformed("buffers of the record batch", firstBuffers[plan.nodeCount()], header.bufferCount());
        }
        BatchLayout layout = new BatchLayout(plan, header.rowCount(), nodes, firstBuffers, unionsHaveValidity);
        layout.checkNodes(site);
        return layout;
    }

    private static int[] countBuffers(SchemaPlan plan, BatchHeader header, boolean unionsHaveValidity, InputSite site)
            throws LightstreamException {
        int[] firstBuffers = new int[plan.nodeCount() + 1];
        int view = 0;
        for (int i = 0; i < plan.nodeCount(); i++) {
            NodePlan node = plan.node(i);
            int buffers = node.layout().buffers().size() + (unionsHaveValidity && node.isUnion() ? 1 : 0);
            if (node.layout() == Layout.VIEW) {
                buffers += variadicBuffers(header, view++, site);
            }
            firstBuffers[i + 1] = firstBuffers[i] + buffers;
        }
        if (view != header.variadicCountCount()) {
            throw site.malformed("variadic buffer counts", view, header.variadicCountCount());
        }
        return firstBuffers;
    }

    private static int variadicBuffers(BatchHeader header, int view, InputSite site) throws LightstreamException {
        if (view >= header.variadicCountCount()) {
            throw site.malformed("variadic buffer counts", "one for each view column", header.variadicCountCount());
        }
        long count = header.variadicCount(view);
        if (count < 0 || count > header.bufferCount()) {
            throw site.malformed("variadic buffer count", "0.." + header.bufferCount(), count);
        }
        return (int) count;
    }

    private void checkNodes(InputSite site) throws LightstreamException {
        for (int field = 0; field < plan.schema().columnCount(); field++) {
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

    /** First buffer of the node in the sense of {@link Layout#buffers()}: behind a union's validity of old versions. */
    int firstBuffer(int node) {
        return firstBuffers[node] + (unionsHaveValidity && plan.node(node).isUnion() ? 1 : 0);
    }

    /** The buffer behind the node's own last one. */
    int bufferEnd(int node) {
        return firstBuffers[node + 1];
    }

    String name(int node) {
        return plan.node(node).field().name();
    }
}
