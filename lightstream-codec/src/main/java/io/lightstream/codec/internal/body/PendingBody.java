package io.lightstream.codec.internal.body;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.frame.ByteWindow;
import io.lightstream.codec.internal.metadata.BatchHeader;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.NativeMemory;
import java.nio.ByteBuffer;
import org.apache.arrow.memory.ArrowBuf;

/**
 * A body on its way: memory is there, bytes are coming. Either {@link #copyFrom} takes it whole, or {@link #receive} says step
 * by step what to read; {@link #finish} hands it out, {@link #close} gives it up.
 */
public final class PendingBody implements AutoCloseable {
    private final BodyDecoder decoder;
    private final BatchLayout layout;
    private final BodyPlan plan;
    private final BatchHeader header;
    private final long bodyLength;
    /** What the bytes are read into: the body whole where its buffers overlap, its runs otherwise. */
    private final BodyPlan readPlan;

    private ArrowBuf memory;
    private boolean owned = true;

    PendingBody(BodyDecoder decoder, BatchLayout layout, BodyPlan plan, BatchHeader header, long bodyLength)
            throws LightstreamException {
        this.decoder = decoder;
        this.layout = layout;
        this.plan = plan;
        this.header = header;
        this.bodyLength = bodyLength;
        this.readPlan = plan.isInOrder() ? plan : BodyPlan.whole(bodyLength);
        this.memory = decoder.allocate(readPlan.size());
    }

    /** Bytes of the body. */
    public long bodyLength() {
        return bodyLength;
    }

    /** Copies the whole body out of a window that holds it from {@code index} on. */
    public void copyFrom(ByteWindow window, int index) {
        BodyReceiver.copy(readPlan, memory.memoryAddress(), window, index);
    }

    /**
     * Begins to bring the body from a stream or file to its place.
     *
     * @param staging direct, of {@link BodyReceiver#stagingBytes()} bytes, not used otherwise until the body is complete
     * @param skipBytes stretches of this length and more that nobody wants are skipped, shorter ones read over
     */
    public BodyReceiver receive(ByteBuffer staging, int skipBytes) {
        return new BodyReceiver(readPlan, memory.memoryAddress(), bodyLength, staging, skipBytes);
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
        BodyBuffers buffers = new BodyBuffers(header.bufferCount());
        for (int i = 0; i < header.bufferCount(); i++) {
            if (plan.isWanted(i)) {
                buffers.set(i, memory.memoryAddress() + plan.destination(i), header.bufferLength(i));
            }
        }
        if (header.codec() != BatchHeader.Codec.NONE) {
            replaceMemory(Decompression.decompress(header.codec(), buffers, header.bufferCount(), decoder));
        }
        BodyCheck.check(decoder, layout, buffers, dictionaries);
        owned = false;
        return new DecodedBody(layout, buffers, BatchMemory.of(memory), dictionaries, decoder.projection());
    }

    /** Buffers that overlap, or lie in another order than they are listed, were read with the body whole. */
    private void separate() throws LightstreamException {
        ArrowBuf separated = decoder.allocate(plan.size());
        for (int i = 0; i < plan.runCount(); i++) {
            NativeMemory.copy(
                    memory.memoryAddress() + plan.runSource(i),
                    separated.memoryAddress() + plan.runDestination(i),
                    plan.runLength(i));
        }
        replaceMemory(separated);
    }

    private void replaceMemory(ArrowBuf replacement) {
        memory.close();
        memory = replacement;
    }

    /** Gives up the memory unless {@link #finish} handed it out; idempotent. */
    @Override
    public void close() {
        if (owned) {
            owned = false;
            memory.close();
        }
    }
}
