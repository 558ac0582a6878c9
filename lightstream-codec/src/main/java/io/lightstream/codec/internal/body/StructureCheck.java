package io.lightstream.codec.internal.body;

import static io.lightstream.codec.internal.ViewFormat.VIEW_BYTES;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.schema.BufferRole;
import io.lightstream.codec.schema.Layout;
import java.util.List;

/** Checks that every buffer is as long as the rows of its node need it to be: costs the same for a short and a long body. */
final class StructureCheck {

    private StructureCheck() {}

    /** Checks the nodes {@code from} to {@code to}. */
    static void check(BatchLayout layout, BodyBuffers buffers, int from, int to, InputSite site)
            throws LightstreamException {
        for (int node = from; node < to; node++) {
            NodePlan plan = layout.plan.node(node);
            List<BufferRole> roles = plan.layout().buffers();
            for (int i = 0; i < roles.size(); i++) {
                long length = buffers.length(layout.firstBuffer(node) + i);
                long needed = needed(layout, node, roles.get(i), length, site);
                if (length < needed) {
                    throw site.malformed(
                            roles.get(i) + " buffer of field '" + layout.name(node) + "' of " + layout.length(node)
                                    + " rows",
                            needed + " bytes or more",
                            length);
                }
            }
        }
    }

    private static long needed(BatchLayout layout, int node, BufferRole role, long length, InputSite site)
            throws LightstreamException {
        NodePlan plan = layout.plan.node(node);
        long rows = layout.length(node);
        try {
            return switch (role) {
                case VALIDITY -> length == 0 && layout.nullCount(node) <= 0 ? 0 : (rows + 7) >>> 3;
                case TYPE_IDS -> rows;
                case SIZES -> Math.multiplyExact(rows, offsetBytes(plan));
                case VIEWS -> Math.multiplyExact(rows, VIEW_BYTES);
                case OFFSETS -> offsets(plan, rows);
                case DATA -> data(plan, rows);
            };
        } catch (ArithmeticException e) {
            throw site.malformed("rows of field '" + layout.name(node) + "'", "as many as fit in memory", rows);
        }
    }

    /** Old writers send no offsets at all for a column without rows. */
    private static long offsets(NodePlan plan, long rows) {
        boolean withEnd = plan.layout() == Layout.VARIABLE
                || plan.layout() == Layout.LARGE_VARIABLE
                || plan.layout() == Layout.LIST
                || plan.layout() == Layout.LARGE_LIST;
        return rows == 0 ? 0 : Math.multiplyExact(withEnd ? rows + 1 : rows, offsetBytes(plan));
    }

    private static long data(NodePlan plan, long rows) {
        return switch (plan.layout()) {
            case BIT -> (rows + 7) >>> 3;
            case FIXED -> Math.multiplyExact(rows, plan.width());
            // The bytes of strings: how many are needed is known by the offsets only.
            default -> 0;
        };
    }

    private static int offsetBytes(NodePlan plan) {
        return plan.layout().hasLargeOffsets() ? Long.BYTES : Integer.BYTES;
    }
}
