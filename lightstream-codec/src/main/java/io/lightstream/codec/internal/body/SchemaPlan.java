package io.lightstream.codec.internal.body;

import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Layout;
import io.lightstream.codec.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The field nodes of a schema, flattened once, so that a batch is decoded by loops over arrays. Immutable. */
public final class SchemaPlan {
    private final Schema schema;
    private final NodePlan[] nodes;
    private final int[] fieldNodes;
    private final NodeBuffers fixedBuffers;
    private final boolean hasViews;
    private final boolean hasOldValidity;
    private final long[] dictionaryIds;

    private SchemaPlan(Schema schema, List<NodePlan> nodes, int[] fieldNodes) {
        this.schema = schema;
        this.nodes = nodes.toArray(new NodePlan[0]);
        this.fieldNodes = fieldNodes;
        boolean views = false;
        boolean oldValidity = false;
        Set<Long> dictionaries = new LinkedHashSet<>();
        for (NodePlan node : nodes) {
            views |= node.layout() == Layout.VIEW;
            oldValidity |= node.hasOldValidity();
            DictionaryEncoding encoding = node.field().dictionary().orElse(null);
            if (encoding != null) {
                dictionaries.add(encoding.id());
            }
        }
        this.hasViews = views;
        this.hasOldValidity = oldValidity;
        this.dictionaryIds = longs(dictionaries);
        this.fixedBuffers = NodeBuffers.fixed(this);
    }

    private static long[] longs(Set<Long> numbers) {
        long[] longs = new long[numbers.size()];
        int count = 0;
        for (long number : numbers) {
            longs[count++] = number;
        }
        return longs;
    }

    /** Plans the schema. */
    public static SchemaPlan of(Schema schema) {
        List<NodePlan> nodes = new ArrayList<>();
        int[] fieldNodes = new int[schema.columnCount() + 1];
        for (int i = 0; i < schema.columnCount(); i++) {
            fieldNodes[i] = nodes.size();
            add(schema.field(i), nodes);
        }
        fieldNodes[schema.columnCount()] = nodes.size();
        return new SchemaPlan(schema, nodes, fieldNodes);
    }

    private static void add(Field field, List<NodePlan> nodes) {
        int index = nodes.size();
        List<Field> children = field.dictionary().isPresent() ? List.of() : field.children();
        int[] childNodes = new int[children.size()];
        Layout layout = field.layout();
        int width = field.storageType().byteWidth();
        BufferSize[] sizes = BufferSize.of(layout, width);
        nodes.add(new NodePlan(field, layout, width, childNodes, sizes, 0));
        for (int i = 0; i < childNodes.length; i++) {
            childNodes[i] = nodes.size();
            add(children.get(i), nodes);
        }
        nodes.set(index, new NodePlan(field, layout, width, childNodes, sizes, nodes.size()));
    }

    /** The schema. */
    public Schema schema() {
        return schema;
    }

    /** Number of top-level fields. */
    int fieldCount() {
        return fieldNodes.length - 1;
    }

    int nodeCount() {
        return nodes.length;
    }

    NodePlan node(int index) {
        return nodes[index];
    }

    /** Node of top-level field {@code field}; that of the number of fields is the node count. */
    int fieldNode(int field) {
        return fieldNodes[field];
    }

    /** Whether any node is dictionary-encoded. */
    boolean hasDictionaries() {
        return dictionaryIds.length > 0;
    }

    /** The dictionaries that nodes refer to, each once; not those that their values refer to. Not to be changed. */
    long[] dictionaryIds() {
        return dictionaryIds;
    }

    /** Whether any node {@linkplain NodePlan#hasOldValidity had validity} in old versions. */
    boolean hasOldValidity() {
        return hasOldValidity;
    }

    /** Whether every batch of this schema has the same buffers, whatever its header says. */
    boolean hasFixedBuffers(boolean isBeforeV5) {
        return !hasViews && !(hasOldValidity && isBeforeV5);
    }

    /** The buffers of every batch, where {@link #hasFixedBuffers}. */
    NodeBuffers fixedBuffers() {
        return fixedBuffers;
    }

    /** Whether the nodes are the columns: nothing is nested. */
    boolean isFlat() {
        return nodes.length == fieldCount();
    }
}
