package io.lightstream.codec.internal.body;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.internal.InputSite;

/**
 * Checks what the format has said twice, or in an order, so that other readers may go by either: null counts and bitmaps, the
 * prefixes and the padding of views, the offsets of dense unions. Nothing here leads a reader out of bounds.
 */
final class AgreementCheck {
    private static final long NOT_COUNTED = -1;

    private final BatchLayout layout;
    private final BodyBuffers buffers;
    private final InputSite site;

    AgreementCheck(BatchLayout layout, BodyBuffers buffers, InputSite site) {
        this.layout = layout;
        this.buffers = buffers;
        this.site = site;
    }

    /** Checks one node, which is known to stay inside of its buffers. */
    void check(int node) throws LightstreamException {
        switch (layout.plan.node(node).layout()) {
            case NULL -> requireNullCount(node, layout.length(node));
            // Their null counts are no part of the values, and no reader looks at them.
            case SPARSE_UNION -> {}
            case DENSE_UNION -> checkOrder(node);
            case VIEW -> {
                requireNullCount(node, buffers.nulls(layout, node));
                checkViews(node);
            }
            default -> requireNullCount(node, buffers.nulls(layout, node));
        }
    }

    private void requireNullCount(int node, long nulls) throws LightstreamException {
        long said = layout.nullCount(node);
        if (said != nulls && said != NOT_COUNTED) {
            throw site.malformed("null count of field '" + layout.name(node) + "'", nulls, said);
        }
    }

    private void checkViews(int node) throws LightstreamException {
        int views = layout.firstBuffer(node) + 1;
        ViewScan scan = new ViewScan(buffers, views, views + 1, layout.bufferEnd(node));
        long wrong = scan.firstUnlikeItsValue(buffers.validity(layout, node), layout.length(node));
        if (wrong >= 0) {
            throw site.malformed(
                    "view " + wrong + " of field '" + layout.name(node) + "'",
                    "the first bytes of its value, or zeros behind it",
                    "other bytes");
        }
    }

    private void checkOrder(int node) throws LightstreamException {
        int typeIds = layout.firstBuffer(node);
        long wrong =
                UnionScan.firstFalling(buffers.address(typeIds), buffers.address(typeIds + 1), layout.length(node));
        if (wrong >= 0) {
            throw site.malformed(
                    "row " + wrong + " of union '" + layout.name(node) + "'",
                    "an offset not below those before it in the same child",
                    "a lower one");
        }
    }
}
