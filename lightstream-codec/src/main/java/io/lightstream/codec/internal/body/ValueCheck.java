package io.lightstream.codec.internal.body;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.Validation;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.TypeId;
import org.jspecify.annotations.Nullable;

/**
 * Checks every value that could lead a reader out of bounds (Columnar.rst says what each must be), column by column in bulk.
 */
final class ValueCheck {
    private final BatchLayout layout;
    private final BodyBuffers buffers;
    private final boolean text;
    /** Absent where it is enough that no reader is led astray. */
    private final @Nullable AgreementCheck agreement;

    private final boolean isOfDictionary;
    private final InputSite site;
    private final ValueScan.Integers integers = new ValueScan.Integers();
    private final ValueScan.Integers secondIntegers = new ValueScan.Integers();

    /** @param isOfDictionary whether dictionaries that are referred to may still come, and the indices are checked then */
    ValueCheck(BatchLayout layout, BodyBuffers buffers, Validation validation, boolean isOfDictionary, InputSite site) {
        this.isOfDictionary = isOfDictionary;
        this.layout = layout;
        this.buffers = buffers;
        this.text = validation == Validation.FULL_UTF8;
        this.agreement = text ? new AgreementCheck(layout, buffers, site) : null;
        this.site = site;
    }

    /** Checks the nodes {@code from} to {@code to}, whose structure is known to be right. */
    void check(int from, int to, Dictionaries.Snapshot dictionaries) throws LightstreamException {
        for (int node = from; node < to; node++) {
            if (layout.length(node) > 0) {
                check(node, dictionaries);
                if (agreement != null) {
                    agreement.check(node);
                }
            }
        }
    }

    private void check(int node, Dictionaries.Snapshot dictionaries) throws LightstreamException {
        NodePlan plan = layout.plan.node(node);
        switch (plan.layout()) {
            case VARIABLE, LARGE_VARIABLE -> {
                checkOffsets(node, buffers.length(buffer(node, 2)));
                if (text && isText(plan)) {
                    checkText(node);
                }
            }
            case LIST, LARGE_LIST -> {
                checkOffsets(node, layout.length(plan.children()[0]));
                if (plan.field().type() instanceof DataType.MapType) {
                    checkEntries(node, plan.children()[0]);
                }
            }
            case LIST_VIEW, LARGE_LIST_VIEW -> checkListViews(node);
            case VIEW -> checkViews(node, plan);
            case SPARSE_UNION, DENSE_UNION -> checkUnion(node, plan);
            case RUN_END_ENCODED -> checkRunEnds(node, plan);
            case FIXED -> {
                if (plan.isDictionaryEncoded()) {
                    checkIndices(node, plan, dictionaries);
                }
            }
            default -> {}
        }
    }

    private void checkOffsets(int node, long end) throws LightstreamException {
        long wrong = ValueScan.firstWrongOffset(offsets(node), layout.length(node), end);
        if (wrong >= 0) {
            throw site.malformed(
                    "offset " + wrong + " of field '" + layout.name(node) + "'",
                    "not below the one before and at most " + end,
                    offsets(node).get(wrong));
        }
    }

    /** Nulls that were counted are found with the layout. */
    private void checkEntries(int map, int entries) throws LightstreamException {
        int keys = layout.plan.node(entries).children()[0];
        requireNoNulls("nulls among the entries or keys of map '" + layout.name(map) + "'", entries, keys);
    }

    private void requireNoNulls(String what, int... nodes) throws LightstreamException {
        for (int node : nodes) {
            long nulls = buffers.nulls(layout, node);
            if (nulls > 0) {
                throw site.malformed(what, 0, nulls);
            }
        }
    }

    private void checkListViews(int node) throws LightstreamException {
        long elements = layout.length(layout.plan.node(node).children()[0]);
        ValueScan.Integers offsets = offsets(node);
        ValueScan.Integers sizes = secondIntegers.pointedAt(buffers.address(buffer(node, 2)), offsets.width(), true);
        long wrong = ValueScan.firstWrongRange(offsets, sizes, layout.length(node), elements);
        if (wrong >= 0) {
            throw site.malformed(
                    "list view " + wrong + " of field '" + layout.name(node) + "'",
                    "a range of " + elements + " elements",
                    offsets.get(wrong) + "+" + sizes.get(wrong));
        }
    }

    private void checkViews(int node, NodePlan plan) throws LightstreamException {
        ViewScan scan = new ViewScan(buffers, buffer(node, 1), buffer(node, 2), layout.bufferEnd(node));
        long wrong = scan.firstWrong(validity(node), layout.length(node));
        if (wrong >= 0) {
            throw site.malformed(
                    "view " + wrong + " of field '" + layout.name(node) + "'",
                    "a range of one of " + (layout.bufferEnd(node) - buffer(node, 2)) + " data buffers",
                    scan.describe(wrong));
        }
        if (text && isText(plan)) {
            requireText(node, scan.firstNotUtf8(validity(node), layout.length(node)));
        }
    }

    private void checkUnion(int node, NodePlan plan) throws LightstreamException {
        long[] lengths = new long[plan.children().length];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = layout.length(plan.children()[i]);
        }
        UnionScan scan = new UnionScan((DataType.Union) plan.field().type(), lengths);
        long typeIds = buffers.address(buffer(node, 0));
        long wrong =
                scan.firstWrong(typeIds, scan.isDense() ? buffers.address(buffer(node, 1)) : 0, layout.length(node));
        if (wrong >= 0) {
            throw site.malformed(
                    "row " + wrong + " of union '" + layout.name(node) + "'",
                    "a known type id and a row of that child",
                    scan.describe(typeIds, scan.isDense() ? buffers.address(buffer(node, 1)) : 0, wrong));
        }
    }

    private void checkRunEnds(int node, NodePlan plan) throws LightstreamException {
        int ends = plan.children()[0];
        requireNoNulls("nulls among the run ends of field '" + layout.name(node) + "'", ends);
        int width = layout.plan.node(ends).width();
        integers.pointedAt(buffers.address(buffer(ends, 1)), width, true);
        long runs = layout.length(ends);
        long wrong = ValueScan.firstNotIncreasing(integers, runs);
        if (wrong >= 0) {
            throw site.malformed(
                    "run end " + wrong + " of field '" + layout.name(node) + "'",
                    "above the one before",
                    integers.get(wrong));
        }
        if (integers.get(runs - 1) < layout.length(node)) {
            throw site.malformed(
                    "last run end of field '" + layout.name(node) + "'",
                    layout.length(node) + " or more",
                    integers.get(runs - 1));
        }
    }

    private void checkIndices(int node, NodePlan plan, Dictionaries.Snapshot dictionaries) throws LightstreamException {
        DictionaryEncoding encoding = plan.field().dictionary().orElseThrow();
        boolean isKnown = dictionaries.contains(encoding.id());
        if (!isKnown && isOfDictionary) {
            return;
        }
        long size = isKnown ? dictionaries.values(encoding.id()).length() : 0;
        ValueScan.Integers indices = integers.pointedAt(
                buffers.address(buffer(node, 1)),
                plan.width(),
                encoding.indexType().signed());
        requireIndices(indices, validity(node), layout.length(node), plan.field(), size, site);
    }

    /** Checks that the indices of {@code field} that are valid are below {@code size}. */
    static void requireIndices(
            ValueScan.Integers indices, long validity, long rows, Field field, long size, InputSite site)
            throws LightstreamException {
        long wrong = ValueScan.firstNotBelow(indices, validity, rows, size);
        if (wrong >= 0) {
            throw site.malformed(
                    "index " + wrong + " of field '" + field.name() + "'",
                    "below the " + size + " values of dictionary "
                            + field.dictionary().orElseThrow().id(),
                    indices.get(wrong));
        }
    }

    private void checkText(int node) throws LightstreamException {
        long bytes = buffers.address(buffer(node, 2));
        requireText(node, ValueScan.firstNotUtf8(offsets(node), bytes, validity(node), layout.length(node)));
    }

    private void requireText(int node, long wrong) throws LightstreamException {
        if (wrong >= 0) {
            throw site.malformed("row " + wrong + " of text field '" + layout.name(node) + "'", "UTF-8", "other bytes");
        }
    }

    private static boolean isText(NodePlan plan) {
        TypeId id = plan.field().type().id();
        return id == TypeId.UTF8 || id == TypeId.LARGE_UTF8 || id == TypeId.UTF8_VIEW;
    }

    private ValueScan.Integers offsets(int node) {
        boolean large = layout.plan.node(node).layout().hasLargeOffsets();
        return integers.pointedAt(buffers.address(buffer(node, 1)), large ? Long.BYTES : Integer.BYTES, true);
    }

    private long validity(int node) {
        return buffers.validity(layout, node);
    }

    private int buffer(int node, int role) {
        return layout.firstBuffer(node) + role;
    }
}
