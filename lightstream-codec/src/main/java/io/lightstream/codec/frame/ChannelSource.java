package io.lightstream.codec.frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.nio.channels.SeekableByteChannel;

/** Reads for a {@link FrameAssembler}: as much as it asks for, to where it asks for it. */
final class ChannelSource {
    /** Shorter skips are read: positioning costs as much as reading a page or two. */
    private static final int MIN_SEEK_BYTES = 64 << 10;

    private static final ByteBuffer RELEASED = ByteBuffer.allocate(0);

    private final ReadableByteChannel channel;
    private final boolean scattering;
    private final int maxReadBytes;
    private final Scatter scatter = new Scatter();
    private final Blocking blocking = new Blocking();
    private ByteBuffer chunk;
    private long reads;

    ChannelSource(ReadableByteChannel channel, int chunkBytes, int maxReadBytes) {
        this.channel = channel;
        this.scattering = channel instanceof ScatteringByteChannel;
        this.maxReadBytes = maxReadBytes;
        this.chunk = ByteBuffer.allocateDirect(chunkBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    long reads() {
        return reads;
    }

    /** Brings the assembler at least one byte further; false at the end of the input. */
    boolean read(FrameAssembler<?> assembler) throws IOException {
        if (assembler.skipRemaining() >= MIN_SEEK_BYTES && seek(assembler)) {
            return true;
        }
        long count;
        do {
            count = assembler.payloadRemaining() > 0 ? readPayload(assembler) : readChunk(assembler);
            blocking.progress(count);
        } while (count == 0);
        return count > 0;
    }

    void release() {
        chunk = RELEASED;
        scatter.clear();
    }

    private long readChunk(FrameAssembler<?> assembler) throws IOException {
        chunk.clear().limit(assembler.readAhead(chunk.capacity()));
        reads++;
        int count = channel.read(chunk);
        if (count > 0) {
            assembler.lend(chunk.flip());
        }
        return count;
    }

    /** Reads into the destinations and, if the end of the payload is in reach, as much behind it as is worth it. */
    private long readPayload(FrameAssembler<?> assembler) throws IOException {
        Destinations destinations = assembler.destinations();
        destinations.prepare(scatter, maxReadBytes);
        chunk.clear();
        if (scattering && scatter.bytes() == destinations.remaining()) {
            int ahead = assembler.readAhead(chunk.capacity());
            if (ahead > 0) {
                scatter.add(chunk.limit(ahead), ahead);
            }
        }
        reads++;
        long count = scatter.readFrom(channel);
        scatter.clear();
        if (count > 0) {
            assembler.readByChannel(count - chunk.position());
            if (chunk.position() > 0) {
                assembler.lend(chunk.flip());
            }
        }
        return count;
    }

    /** Positions over bytes nobody wants, as far as the source goes; false if it cannot or has come to its end. */
    private boolean seek(FrameAssembler<?> assembler) throws IOException {
        if (!(channel instanceof SeekableByteChannel seekable)) {
            return false;
        }
        // A pipe opened as a file is a seekable channel by type, but its size is 0.
        long size = seekable.size();
        if (size == 0) {
            return false;
        }
        long position = seekable.position();
        long count = Math.min(assembler.skipRemaining(), size - position);
        if (count <= 0) {
            return false;
        }
        seekable.position(position + count);
        assembler.skipped(count);
        return true;
    }
}
