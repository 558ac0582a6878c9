package io.lightstream.codec.internal.body;

import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A body whose buffers are in their final place: makes the columns that are asked for. */
public final class DecodedBody implements RecordBatch.ColumnSource {
    private static final BatchMemory[] NONE = {};

    private final NodeBuffers nodeBuffers;
    private final long[] numbers;
    private final BatchMemory memory;
    private final Dictionaries.Snapshot dictionaries;
    private final Projection projection;

    DecodedBody(
            BatchLayout layout,
            BodyBuffers buffers,
            BatchMemory memory,
            Dictionaries.Snapshot dictionaries,
            Projection projection) {
        this.nodeBuffers = layout.buffers();
        this.numbers = buffers.numbers();
        this.memory = memory;
        this.dictionaries = dictionaries;
        this.projection = projection;
    }

    /** The body as a batch, which owns its memory from now on. */
    public RecordBatch batch(Schema schema, Map<String, String> metadata) {
        return new RecordBatch(
                schema,
                numbers[BodyBuffers.rowsAt(nodeBuffers, 0)],
                metadata,
                memory,
                plan().hasDictionaries() ? dictionaries.retain() : NONE,
                this);
    }

    /**
     * What keeps the columns alive, for who keeps them himself: first the body's own memory, then that of the dictionaries it
     * refers to. The caller owns one reference of each.
     */
    BatchMemory[] ownedMemories() {
        if (!plan().hasDictionaries()) {
            return new BatchMemory[] {memory};
        }
        BatchMemory[] below = dictionaries.retain();
        BatchMemory[] all = new BatchMemory[below.length + 1];
        all[0] = memory;
        System.arraycopy(below, 0, all, 1, below.length);
        return all;
    }

    /** Gives the memory up, where neither a batch nor anybody else took it. */
    void release() {
        memory.release();
    }

    /** Bytes that allocators are charged for the body's own memory. */
    long memoryBytes() {
        return memory.chargedBytes();
    }

    @Override
    public Column column(int index) {
        return node(plan().fieldNode(projection.source(index)));
    }

    private SchemaPlan plan() {
        return nodeBuffers.plan();
    }

    private Column node(int index) {
        NodePlan node = plan().node(index);
        DictionaryEncoding encoding = node.field().dictionary().orElse(null);
        Column dictionary = encoding == null ? null : dictionaries.values(encoding.id());
        int firstBuffer = nodeBuffers.first(index);
        return Column.of(ColumnData.within(
                numbers,
                firstBuffer,
                nodeBuffers.end(index) - firstBuffer,
                BodyBuffers.nullCountAt(nodeBuffers, index),
                node.field(),
                numbers[BodyBuffers.rowsAt(nodeBuffers, index)],
                children(node),
                dictionary,
                memory));
    }

    private List<Column> children(NodePlan node) {
        if (node.children().length == 0) {
            return List.of();
        }
        List<Column> children = new ArrayList<>(node.children().length);
        for (int child : node.children()) {
            children.add(node(child));
        }
        return children;
    }
}
