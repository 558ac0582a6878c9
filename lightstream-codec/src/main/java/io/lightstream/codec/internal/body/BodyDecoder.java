package io.lightstream.codec.internal.body;

import io.lightstream.codec.Alignment;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.Validation;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.metadata.BatchHeader;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.ReusedMemory;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.function.Supplier;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the bodies of the record batches of one schema (or of the values of one dictionary): says where the bytes go, takes
 * memory for them, and makes columns of them when they are there. One body at a time, for which everything is reused that no
 * batch keeps.
 */
public final class BodyDecoder {
    /**
     * What is the same for all bodies of a stream or file.
     *
     * @param memory asked for the allocator when something has to be allocated: bodies that stay where they lie need none
     */
    public record Settings(
            Supplier<BufferAllocator> memory, ReadLimits limits, Validation validation, ByteOrder byteOrder) {
        BufferAllocator allocator() {
            return memory.get();
        }
    }

    private final SchemaPlan plan;
    private final Projection projection;
    private final Settings settings;
    private final InputSite site;
    private final @Nullable ReusedMemory memory;
    private final boolean isOfDictionary;
    private final BatchLayout layout;
    private final BodyPlan bodyPlan = new BodyPlan();
    /** Made with the first body that has to be filled: those of a mapping are there. */
    private @Nullable PendingBody pending;

    /** A decoder of the values of a dictionary, whose own dictionaries may come after it. Takes new memory for each body. */
    static BodyDecoder ofDictionary(SchemaPlan plan, Settings settings, InputSite site) {
        return new BodyDecoder(plan, Projection.all(plan.schema()), settings, site, null, true);
    }

    /**
     * @param memory for bodies, where that of the one before may serve the next; borrowed
     */
    public BodyDecoder(
            SchemaPlan plan, Projection projection, Settings settings, InputSite site, @Nullable ReusedMemory memory) {
        this(plan, projection, settings, site, memory, false);
    }

    private BodyDecoder(
            SchemaPlan plan,
            Projection projection,
            Settings settings,
            InputSite site,
            @Nullable ReusedMemory memory,
            boolean isOfDictionary) {
        this.isOfDictionary = isOfDictionary;
        this.plan = plan;
        this.projection = projection;
        this.settings = settings;
        this.site = site;
        this.memory = memory;
        this.layout = new BatchLayout(plan);
    }

    /**
     * Checks the header against the schema and takes memory for the body.
     *
     * @param isBeforeV5 whether the message has an older metadata version, by which unions have validity
     * @return the body to be filled; the caller closes it or finishes it, before the next one begins
     */
    public PendingBody begin(BatchHeader header, long bodyLength, boolean isBeforeV5) throws LightstreamException {
        layOut(header, bodyLength, isBeforeV5);
        PendingBody body = pending;
        if (body == null) {
            body = new PendingBody(this, layout, bodyPlan);
            pending = body;
        }
        body.begin(header, bodyLength);
        return body;
    }

    /**
     * Decodes a body that lies in memory. Its buffers are used where they lie, if they start on a multiple of {@code alignment}
     * bytes there and hold plain little-endian values, and are copied otherwise.
     *
     * @param source borrowed; the result has references of its own to what it uses
     * @return the body; it owns its memory until a batch does
     */
    public <X extends IOException> DecodedBody inPlace(
            BatchHeader header,
            BodySource<X> source,
            long bodyLength,
            boolean isBeforeV5,
            int alignment,
            Dictionaries.Snapshot dictionaries)
            throws LightstreamException, X {
        layOut(header, bodyLength, isBeforeV5);
        return new InPlaceBody<>(this, layout, bodyPlan, header, source).decode(alignment, dictionaries);
    }

    private void layOut(BatchHeader header, long bodyLength, boolean isBeforeV5) throws LightstreamException {
        requireWithinLimit(bodyLength);
        layout.read(header, isBeforeV5, site);
        boolean compressed = header.codec() != BatchHeader.Codec.NONE;
        bodyPlan.reset(header.bufferCount());
        for (int field = 0; field < plan.fieldCount(); field++) {
            if (projection.wants(field)) {
                bodyPlan.want(
                        header,
                        layout.buffers().start(plan.fieldNode(field)),
                        layout.buffers().start(plan.fieldNode(field + 1)),
                        bodyLength,
                        compressed ? BodyPlan.UNALIGNED : Alignment.BYTES,
                        site);
            }
        }
    }

    /** Memory for a body, with one reference that belongs to the caller, or a declared error where there is none left. */
    BatchMemory allocateBody(long bytes) throws LightstreamException {
        if (memory == null) {
            return BatchMemory.of(allocate(bytes));
        }
        requireWithinLimit(bytes);
        return DeclaredAllocation.reused(memory, settings.allocator(), bytes, site);
    }

    /** Memory of this stream, or a declared error where there is none left. */
    ArrowBuf allocate(long bytes) throws LightstreamException {
        requireWithinLimit(bytes);
        return DeclaredAllocation.buffer(settings.allocator(), bytes, site);
    }

    private void requireWithinLimit(long bytes) throws LightstreamException {
        if (bytes > settings.limits().maxBodyBytes()) {
            throw site.over("maxBodyBytes", settings.limits().maxBodyBytes(), bytes);
        }
    }

    Projection projection() {
        return projection;
    }

    /** Whether the bodies are the values of a dictionary. */
    boolean isOfDictionary() {
        return isOfDictionary;
    }

    SchemaPlan plan() {
        return plan;
    }

    Settings settings() {
        return settings;
    }

    InputSite site() {
        return site;
    }
}
