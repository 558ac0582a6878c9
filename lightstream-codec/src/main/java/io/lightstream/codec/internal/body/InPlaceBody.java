package io.lightstream.codec.internal.body;

import io.lightstream.codec.Alignment;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.internal.metadata.BatchHeader;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.FileMappings;
import io.lightstream.codec.memory.MemoryOwner;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.BufferRole;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.jspecify.annotations.Nullable;

/**
 * Makes columns of a body that lies in memory: its buffers are used where they lie. Copied is only what cannot be used there,
 * buffer by buffer: compressed ones, those of another byte order, and those that do not start on the boundary wanted.
 */
final class InPlaceBody<X extends IOException> {
    private final BodyDecoder decoder;
    private final BatchLayout layout;
    private final BodyPlan wanted;
    private final BatchHeader header;
    private final BodySource<X> source;
    private final BodyBuffers buffers;
    /** Whether the buffer does not lie in the source any more. */
    private final boolean[] copied;
    /** What the buffers lie in; a reference of each is held here. */
    private final List<MemoryOwner> owners = new ArrayList<>(1);
    /** Whether pages of the source can go away. */
    private boolean mapped;

    InPlaceBody(BodyDecoder decoder, BatchLayout layout, BodyPlan wanted, BatchHeader header, BodySource<X> source) {
        this.decoder = decoder;
        this.layout = layout;
        this.wanted = wanted;
        this.header = header;
        this.source = source;
        this.buffers = new BodyBuffers();
        this.copied = new boolean[header.bufferCount()];
    }

    /**
     * The body; it owns references to what it uses until a batch does.
     *
     * @param alignment that every buffer's address is to be a multiple of, in bytes
     */
    DecodedBody decode(int alignment, Dictionaries.Snapshot dictionaries) throws LightstreamException, X {
        try {
            locate();
            copyAndCheck(alignment, dictionaries);
            keepWhatStays();
        } catch (IOException | RuntimeException | Error e) {
            owners.forEach(MemoryOwner::release);
            throw e;
        }
        BatchMemory memory = BatchMemory.of(owners.toArray(new MemoryOwner[0]));
        return new DecodedBody(layout, buffers, memory, dictionaries, decoder.projection());
    }

    private void copyAndCheck(int alignment, Dictionaries.Snapshot dictionaries) throws LightstreamException {
        try {
            if (header.codec() != BatchHeader.Codec.NONE) {
                Decompression.inPlace(header.codec(), buffers, copied, decoder)
                        .map(MemoryOwner::of)
                        .ifPresent(owners::add);
            }
            copyWhatCannotStay(alignment);
            new BodyCheck(decoder, layout, buffers).check(dictionaries);
        } finally {
            // Also where a check failed: what it found wrong may never have been in the file.
            if (mapped) {
                FileMappings.throwPendingFault();
            }
        }
    }

    private void locate() throws LightstreamException, X {
        buffers.reset(layout);
        BodySource.Window window = null;
        for (int i = 0; i < header.bufferCount(); i++) {
            if (wanted.isWanted(i)) {
                window = windowOf(i, window);
                mapped |= window.memory().isMapped();
                buffers.set(i, window.address(header.bufferOffset(i)), header.bufferLength(i));
            }
        }
    }

    private void keepWhatStays() throws LightstreamException, X {
        BodySource.Window window = null;
        for (int i = 0; i < header.bufferCount(); i++) {
            if (wanted.isWanted(i) && !copied[i]) {
                window = windowOf(i, window);
                if (!owners.contains(window.memory())) {
                    window.memory().retain();
                    owners.add(window.memory());
                }
            }
        }
    }

    private BodySource.Window windowOf(int buffer, BodySource.@Nullable Window last) throws LightstreamException, X {
        long offset = header.bufferOffset(buffer);
        long length = header.bufferLength(buffer);
        return last != null && last.holds(offset, length) ? last : source.window(offset, length);
    }

    private void copyWhatCannotStay(int alignment) throws LightstreamException {
        boolean[] toCopy = new boolean[copied.length];
        for (int i = 0; i < toCopy.length; i++) {
            toCopy[i] = !copied[i] && buffers.length(i) > 0 && buffers.address(i) % alignment != 0;
        }
        if (decoder.settings().byteOrder() == ByteOrder.BIG_ENDIAN) {
            addSwapped(toCopy);
        }
        long total = 0;
        for (int i = 0; i < toCopy.length; i++) {
            total += toCopy[i] ? Alignment.roundUp(buffers.length(i)) : 0;
        }
        if (total > 0) {
            copy(toCopy, total);
        }
    }

    private void addSwapped(boolean[] toCopy) {
        for (int node = 0; node < layout.plan.nodeCount(); node++) {
            List<BufferRole> roles = layout.plan.node(node).layout().buffers();
            for (int i = 0; i < roles.size(); i++) {
                int buffer = layout.firstBuffer(node) + i;
                toCopy[buffer] |= !copied[buffer]
                        && buffers.length(buffer) > 0
                        && ByteOrderSwap.concerns(layout.plan.node(node), roles.get(i));
            }
        }
    }

    private void copy(boolean[] toCopy, long bytes) throws LightstreamException {
        ArrowBuf copies = decoder.allocate(bytes);
        owners.add(MemoryOwner.of(copies));
        long target = copies.memoryAddress();
        for (int i = 0; i < toCopy.length; i++) {
            if (toCopy[i]) {
                NativeMemory.copy(buffers.address(i), target, buffers.length(i));
                buffers.set(i, target, buffers.length(i));
                target += Alignment.roundUp(buffers.length(i));
                copied[i] = true;
            }
        }
    }
}
