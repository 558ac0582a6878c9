package io.lightstream.codec.internal.body;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.metadata.BatchHeader;
import io.lightstream.codec.schema.Layout;

/**
 * Which buffers of a body belong to which node. The same for all bodies of most schemas; with view columns, and with unions and
 * run-end encoding of old versions, the header of the batch tells.
 */
final class NodeBuffers {
    private final SchemaPlan plan;
    /** First buffer of each node, and the number of buffers behind the last. */
    private final int[] firstBuffers;

    private final boolean isBeforeV5;

    private NodeBuffers(SchemaPlan plan, int[] firstBuffers, boolean isBeforeV5) {
        this.plan = plan;
        this.firstBuffers = firstBuffers;
        this.isBeforeV5 = isBeforeV5;
    }

    /** Those that every batch has, where there are neither views nor validity of old versions. */
    static NodeBuffers fixed(SchemaPlan plan) {
        int[] firstBuffers = new int[plan.nodeCount() + 1];
        for (int i = 0; i < plan.nodeCount(); i++) {
            firstBuffers[i + 1] =
                    firstBuffers[i] + plan.node(i).layout().buffers().size();
        }
        return new NodeBuffers(plan, firstBuffers, false);
    }

    /** Those of the batch with this header. */
    static NodeBuffers of(SchemaPlan plan, BatchHeader header, boolean isBeforeV5, InputSite site)
            throws LightstreamException {
        int[] firstBuffers = new int[plan.nodeCount() + 1];
        long count = 0;
        int view = 0;
        for (int i = 0; i < plan.nodeCount(); i++) {
            NodePlan node = plan.node(i);
            int buffers = node.layout().buffers().size() + (isBeforeV5 && node.hasOldValidity() ? 1 : 0);
            if (node.layout() == Layout.VIEW) {
                buffers += variadicBuffers(header, view++, site);
            }
            count += buffers;
            // Each count may be as large as an int is: found out too late, their sum would be any number.
            if (count > header.bufferCount()) {
                throw site.malformed("buffers of the record batch", count + " or more", header.bufferCount());
            }
            firstBuffers[i + 1] = (int) count;
        }
        if (view != header.variadicCountCount()) {
            throw site.malformed("variadic buffer counts", view, header.variadicCountCount());
        }
        return new NodeBuffers(plan, firstBuffers, isBeforeV5);
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

    SchemaPlan plan() {
        return plan;
    }

    /** How many buffers there are. */
    int count() {
        return firstBuffers[plan.nodeCount()];
    }

    /** First buffer that the message has for the node; that of the number of nodes is the number of buffers. */
    int start(int node) {
        return firstBuffers[node];
    }

    /** First buffer of the node in the sense of {@link Layout#buffers()}: behind validity of old versions. */
    int first(int node) {
        return firstBuffers[node] + (isBeforeV5 && plan.node(node).hasOldValidity() ? 1 : 0);
    }

    /** The buffer behind the node's own last one. */
    int end(int node) {
        return firstBuffers[node + 1];
    }
}
