package io.lightstream.codec.internal.body;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.schema.BufferRole;

/** Checks that every buffer is as long as the rows of its node need it to be: costs the same for a short and a long body. */
final class StructureCheck {

    private StructureCheck() {}

    /** Checks the nodes {@code from} to {@code to}. */
    static void check(BatchLayout layout, BodyBuffers buffers, int from, int to, InputSite site)
            throws LightstreamException {
        for (int node = from; node < to; node++) {
            BufferSize[] sizes = layout.plan.node(node).sizes();
            int first = layout.firstBuffer(node);
            for (int i = 0; i < sizes.length; i++) {
                long length = buffers.length(first + i);
                if (!isEnough(layout, node, sizes[i], length, site)) {
                    throw site.malformed(
                            sizes[i].role() + " buffer of field '" + layout.name(node) + "' of " + layout.length(node)
                                    + " rows",
                            sizes[i].needed(layout.length(node)) + " bytes or more",
                            length);
                }
            }
        }
    }

    private static boolean isEnough(BatchLayout layout, int node, BufferSize size, long length, InputSite site)
            throws LightstreamException {
        if (length == 0 && size.role() == BufferRole.VALIDITY && layout.nullCount(node) <= 0) {
            return true;
        }
        try {
            return length >= size.needed(layout.length(node));
        } catch (ArithmeticException e) {
            throw site.malformed(
                    "rows of field '" + layout.name(node) + "'", "as many as fit in memory", layout.length(node));
        }
    }
}
