package io.lightstream.codec.internal.body;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.frame.ByteWindow;
import io.lightstream.codec.internal.metadata.BatchHeader;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.memory.StagingBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way: memory is there, bytes are coming. Either {@link #copyFrom} takes it whole, or {@link #receive} says step
 * by step what to read; {@link #finish} hands it out, {@link #close} gives it up. Its decoder uses it again for the next body
 * after that.
 */
public final class PendingBody implements AutoCloseable {
    private static final BatchHeader NO_HEADER = new BatchHeader();

    private final BodyDecoder decoder;
    private final BatchLayout layout;
    private final BodyPlan plan;
    private final BodyBuffers buffers = new BodyBuffers();
    private final BodyCheck check;
    private final BodyReceiver receiver = new BodyReceiver();

    /** What the bytes are read into: the body whole where its buffers overlap, its runs otherwise. */
    private BodyPlan readPlan;

    private BatchHeader header = NO_HEADER;
    private long bodyLength;
    private @Nullable BatchMemory memory;

    PendingBody(BodyDecoder decoder, BatchLayout layout, BodyPlan plan) {
        this.decoder = decoder;
        this.layout = layout;
        this.plan = plan;
        this.check = new BodyCheck(decoder, layout, buffers);
        this.readPlan = plan;
    }

    /** Takes memory for a body, for which layout and plan were made. */
    void begin(BatchHeader newHeader, long newBodyLength) throws LightstreamException {
        if (memory != null) {
            throw new IllegalStateException("the body before was neither finished nor closed");
        }
        header = newHeader;
        bodyLength = newBodyLength;
        readPlan = plan.isInOrder() ? plan : BodyPlan.whole(newBodyLength);
        memory = decoder.allocateBody(readPlan.size());
    }

    /** Bytes of the body. */
    public long bodyLength() {
        return bodyLength;
    }

    /** Copies the whole body out of a window that holds it from {@code index} on. */
    public void copyFrom(ByteWindow window, int index) {
        receiver.copy(readPlan, memory(), window, index);
    }

    /**
     * Begins to bring the body from a stream or file to its place.
     *
     * @param staging grows to what the body needs; not used otherwise until the body is complete
     * @param skipBytes stretches of this length and more that nobody wants are skipped, shorter ones read over
     */
    public BodyReceiver receive(StagingBuffer staging, int skipBytes) {
        receiver.begin(readPlan, memory(), bodyLength, staging, skipBytes);
        return receiver;
    }

    /**
     * Makes a batch of the bytes, all of which must be there: puts buffers apart that overlapped, decompresses, swaps and
     * validates.
     *
     * @return the body; it owns its memory until a batch does
     */
    public DecodedBody finish(Dictionaries.Snapshot dictionaries) throws LightstreamException {
        if (readPlan != plan) {
            separate();
        }
        buffers.reset(layout);
        long address = memory().address();
        for (int i = 0; i < header.bufferCount(); i++) {
            if (plan.isWanted(i)) {
                buffers.set(i, address + plan.destination(i), header.bufferLength(i));
            }
        }
        if (header.codec() != BatchHeader.Codec.NONE) {
            replaceMemory(
                    BatchMemory.of(Decompression.decompress(header.codec(), buffers, header.bufferCount(), decoder)));
        }
        check.check(dictionaries);
        DecodedBody body = new DecodedBody(layout, buffers, memory(), dictionaries, decoder.projection());
        memory = null;
        return body;
    }

    /** Buffers that overlap, or lie in another order than they are listed, were read with the body whole. */
    private void separate() throws LightstreamException {
        BatchMemory separated = decoder.allocateBody(plan.size());
        for (int i = 0; i < plan.runCount(); i++) {
            NativeMemory.copy(
                    memory().address() + plan.runSource(i),
                    separated.address() + plan.runDestination(i),
                    plan.runLength(i));
        }
        replaceMemory(separated);
    }

    private void replaceMemory(BatchMemory replacement) {
        memory().release();
        memory = replacement;
    }

    private BatchMemory memory() {
        if (memory == null) {
            throw new IllegalStateException("no body is on its way");
        }
        return memory;
    }

    /** Gives up the memory unless {@link #finish} handed it out; idempotent. */
    @Override
    public void close() {
        if (memory != null) {
            memory.release();
            memory = null;
        }
    }
}
