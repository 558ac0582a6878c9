package io.lightstream.codec.internal.body;

import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        this(layout.buffers(), buffers.numbers(), memory, dictionaries, projection);
    }

    private DecodedBody(
            NodeBuffers nodeBuffers,
            long[] numbers,
            BatchMemory memory,
            Dictionaries.Snapshot dictionaries,
            Projection projection) {
        this.nodeBuffers = nodeBuffers;
        this.numbers = numbers;
        this.memory = memory;
        this.dictionaries = dictionaries;
        this.projection = projection;
    }

    /** A field of the body that refers to a dictionary. */
    record Reference(String field, long id) {}

    /** A reference to a dictionary that is not known; empty where there is none. The same for all bodies of one plan. */
    Optional<Reference> awaits(Dictionaries known) {
        for (int i = 0; plan().hasDictionaries() && i < plan().nodeCount(); i++) {
            Field field = plan().node(i).field();
            long id = field.dictionary().map(DictionaryEncoding::id).orElse(0L);
            if (field.dictionary().isPresent() && !known.isKnown(id)) {
                return Optional.of(new Reference(field.name(), id));
            }
        }
        return Optional.empty();
    }

    /**
     * The same body with the dictionaries that it refers to, which are known now; it takes over the memory of this one.
     */
    DecodedBody referringTo(Dictionaries.Snapshot known) {
        return new DecodedBody(nodeBuffers, numbers, memory, known, projection);
    }

    /** Checks that indices lie within the dictionaries that they refer to. */
    void requireIndices(InputSite site) throws LightstreamException {
        ValueScan.Integers indices = new ValueScan.Integers();
        for (int i = 0; i < plan().nodeCount(); i++) {
            NodePlan node = plan().node(i);
            if (node.isDictionaryEncoded()) {
                ColumnData data = node(i).data();
                boolean signed =
                        node.field().dictionary().orElseThrow().indexType().signed();
                long validity = data.nullCount() == 0 || data.length(0) == 0 ? 0 : data.address(0);
                long size = data.dictionary().orElseThrow().length();
                ValueCheck.requireIndices(
                        indices.pointedAt(data.address(1), node.width(), signed),
                        validity,
                        data.length(),
                        node.field(),
                        size,
                        site);
            }
        }
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

    /** The body's own memory, whose one reference belongs to whoever has the body. */
    BatchMemory memory() {
        return memory;
    }

    /** The dictionaries that the body refers to, by id; not to be changed. */
    long[] dictionaryIds() {
        return plan().dictionaryIds();
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
        Column dictionary = encoding == null ? null : dictionary(encoding.id(), node.field());
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

    /** One that is not known was checked not to be needed. */
    private Column dictionary(long id, Field field) {
        return dictionaries.contains(id) ? dictionaries.values(id) : EmptyColumn.of(field.valueField());
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
