package io.lightstream.codec.internal.input;

import io.lightstream.codec.Column;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.Validation;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.SelectedColumns;
import io.lightstream.codec.internal.body.BodyDecoder;
import io.lightstream.codec.internal.body.BodySource;
import io.lightstream.codec.internal.body.DecodedBody;
import io.lightstream.codec.internal.body.Dictionaries;
import io.lightstream.codec.internal.body.DictionaryPlans;
import io.lightstream.codec.internal.body.PendingBody;
import io.lightstream.codec.internal.body.Projection;
import io.lightstream.codec.internal.body.SchemaPlan;
import io.lightstream.codec.internal.metadata.MessageMetadata;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.memory.ReusedMemory;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** What one stream or file has told so far: its schema and its dictionaries. Turns metadata and body into batches. */
public final class StreamState implements AutoCloseable {
    private final Schema schema;
    private final Projection projection;
    private final BodyDecoder batches;
    private final DictionaryPlans dictionaryPlans;
    private final Dictionaries dictionaries = new Dictionaries();

    /** The state of an input whose batches get new memory each. */
    public StreamState(
            Schema schema, ByteOrder byteOrder, BufferAllocator allocator, IpcReadOptions options, InputSite site)
            throws LightstreamException {
        this(schema, byteOrder, () -> allocator, null, options, options.validation(), site);
    }

    /**
     * One whose batches follow each other.
     *
     * @param allocator for everything else than the bodies of batches; borrowed
     * @param batchMemory for those, where that of one batch may serve the next; borrowed
     */
    public StreamState(
            Schema schema,
            ByteOrder byteOrder,
            BufferAllocator allocator,
            ReusedMemory batchMemory,
            IpcReadOptions options,
            InputSite site)
            throws LightstreamException {
        this(schema, byteOrder, () -> allocator, batchMemory, options, options.validation(), site);
    }

    /**
     * One that asks for its allocator only where it needs it, and whose dictionaries may be checked otherwise than its batches:
     * whoever copies values of a dictionary must know that they lie inside of it.
     */
    public StreamState(
            Schema schema,
            ByteOrder byteOrder,
            Supplier<BufferAllocator> memory,
            IpcReadOptions options,
            Validation dictionaryValidation,
            InputSite site)
            throws LightstreamException {
        this(schema, byteOrder, memory, null, options, dictionaryValidation, site);
    }

    private StreamState(
            Schema schema,
            ByteOrder byteOrder,
            Supplier<BufferAllocator> memory,
            @Nullable ReusedMemory batchMemory,
            IpcReadOptions options,
            Validation dictionaryValidation,
            InputSite site)
            throws LightstreamException {
        this.schema = schema;
        this.projection = options.columns().isPresent()
                ? Projection.of(
                        schema,
                        SelectedColumns.indexes(schema, options.columns().get(), site))
                : Projection.all(schema);
        BodyDecoder.Settings settings =
                new BodyDecoder.Settings(memory, options.limits(), options.validation(), byteOrder);
        this.batches = new BodyDecoder(SchemaPlan.of(schema), projection, settings, site, batchMemory);
        BodyDecoder.Settings dictionarySettings =
                new BodyDecoder.Settings(memory, options.limits(), dictionaryValidation, byteOrder);
        this.dictionaryPlans = new DictionaryPlans(schema, projection, dictionarySettings, site);
    }

    /** Schema of the input. */
    public Schema fullSchema() {
        return schema;
    }

    /** Schema of the batches. */
    public Schema schema() {
        return projection.schema();
    }

    /** Whether some wanted column needs a dictionary. */
    public boolean wantsDictionaries() {
        return dictionaryPlans.wantsAny();
    }

    /** Whether some wanted column needs this dictionary; an unknown one is an error. */
    public boolean wantsDictionary(MessageMetadata metadata) throws LightstreamException {
        return dictionaryPlans.wants(metadata.dictionaryId());
    }

    /** Whether batches may refer to the dictionary by now. */
    public boolean hasDictionary(long id) {
        return dictionaries.isComplete(id);
    }

    /** The values of a dictionary that {@linkplain #hasDictionary is known}; they live until it changes, or this is closed. */
    public Column dictionary(long id) {
        return dictionaries.snapshot().values(id);
    }

    /** As files have it: a dictionary can grow, but not change. */
    public void requireNoReplacement(MessageMetadata metadata, InputSite site) throws LightstreamException {
        if (!metadata.isDelta() && dictionaries.contains(metadata.dictionaryId())) {
            throw site.malformed(
                    "dictionary " + metadata.dictionaryId(), "one, and deltas of it, in a file", "a replacement");
        }
    }

    /** Takes memory for the body of a record batch. */
    public PendingBody beginBatch(MessageMetadata metadata) throws LightstreamException {
        return batches.begin(metadata.batch(), metadata.bodyLength(), metadata.isBeforeV5());
    }

    /** Takes memory for the values of a wanted dictionary. */
    public PendingBody beginDictionary(MessageMetadata metadata) throws LightstreamException {
        return dictionaryPlans
                .decoder(metadata.dictionaryId())
                .begin(metadata.batch(), metadata.bodyLength(), metadata.isBeforeV5());
    }

    /**
     * A record batch whose body lies in memory, owned by the caller.
     *
     * @param alignment of every buffer, in bytes; those that lie otherwise are copied
     */
    public <X extends IOException> RecordBatch batchInPlace(
            MessageMetadata metadata, BodySource<X> source, int alignment) throws LightstreamException, X {
        return batches.inPlace(
                        metadata.batch(),
                        source,
                        metadata.bodyLength(),
                        metadata.isBeforeV5(),
                        alignment,
                        dictionaries.snapshot())
                .batch(projection.schema(), metadata.customMetadata());
    }

    /** Keeps the values of a wanted dictionary, which lie in memory, for the batches to come. */
    public <X extends IOException> void dictionaryInPlace(MessageMetadata metadata, BodySource<X> source, int alignment)
            throws LightstreamException, X {
        long id = metadata.dictionaryId();
        dictionaryPlans.requireBase(id, metadata.isDelta(), dictionaries);
        DecodedBody values = dictionaryPlans
                .decoder(id)
                .inPlace(
                        metadata.batch(),
                        source,
                        metadata.bodyLength(),
                        metadata.isBeforeV5(),
                        alignment,
                        dictionaryPlans.known(id, dictionaries));
        dictionaryPlans.accept(values, id, metadata.isDelta(), dictionaries);
    }

    /** The batch, owned by the caller. */
    public RecordBatch finishBatch(PendingBody body, Map<String, String> customMetadata) throws LightstreamException {
        return body.finish(dictionaries.snapshot()).batch(projection.schema(), customMetadata);
    }

    /** Keeps the values for the batches to come. */
    public void finishDictionary(PendingBody body, long id, boolean isDelta) throws LightstreamException {
        dictionaryPlans.requireBase(id, isDelta, dictionaries);
        dictionaryPlans.accept(body.finish(dictionaryPlans.known(id, dictionaries)), id, isDelta, dictionaries);
    }

    /** Gives up the dictionaries; they can be read once more afterwards. */
    @Override
    public void close() {
        dictionaries.close();
    }
}
