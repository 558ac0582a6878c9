package io.lightstream.codec.frame;

import io.lightstream.codec.memory.StagingBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.nio.channels.SeekableByteChannel;

/** Reads for a {@link FrameAssembler}: as much as it asks for, to where it asks for it. */
final class ChannelSource {
    /** Shorter skips are read: positioning costs as much as reading a page or two. */
    private static final int MIN_SEEK_BYTES = 64 << 10;

    /** Enough for the headers of most streams. */
    private static final int FIRST_CHUNK_BYTES = 8 << 10;

    private final ReadableByteChannel channel;
    private final boolean scattering;
    private final int maxChunkBytes;
    private final int maxReadBytes;
    private final Scatter scatter = new Scatter();
    private final Blocking blocking = new Blocking();
    private final StagingBuffer staging = new StagingBuffer();
    private final ReadPauses pauses;
    /** Doubles with each chunk that comes back full, so that a short stream of small frames takes no more than it needs. */
    private int chunkBytes;

    private long reads;

    ChannelSource(ReadableByteChannel channel, FrameReaderOptions options, ReadPauses pauses) {
        this.channel = channel;
        this.scattering = channel instanceof ScatteringByteChannel;
        this.maxChunkBytes = options.chunkBytes();
        this.chunkBytes = Math.min(FIRST_CHUNK_BYTES, maxChunkBytes);
        this.maxReadBytes = options.maxReadBytes();
        this.pauses = pauses;
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

    /** To be called when the assembler has let go of the chunk. */
    void release() {
        scatter.clear();
        staging.close();
    }

    private long readChunk(FrameAssembler<?> assembler) throws IOException {
        ByteBuffer chunk = staging.ofAtLeast(chunkBytes).clear().limit(assembler.readAhead(chunkBytes));
        reads++;
        pauses.forget();
        int count = channel.read(chunk);
        if (count > 0) {
            lend(chunk, assembler);
        }
        return count;
    }

    /** Reads into the destinations and, if the end of the payload is in reach, as much behind it as is worth it. */
    private long readPayload(FrameAssembler<?> assembler) throws IOException {
        Destinations destinations = assembler.destinations();
        destinations.prepare(scatter, maxReadBytes);
        boolean reachesEnd = scattering && scatter.bytes() == destinations.remaining();
        int ahead = reachesEnd ? assembler.readAhead(chunkBytes) : 0;
        ByteBuffer chunk = staging.ofAtLeast(chunkBytes).clear().limit(ahead);
        if (ahead > 0) {
            scatter.add(chunk, ahead);
        }
        reads++;
        long wanted = scatter.bytes();
        pauses.beforeRead(wanted, destinations.remaining());
        long count = scatter.readFrom(channel);
        pauses.afterRead(wanted, count);
        scatter.clear();
        if (count > 0) {
            assembler.readByChannel(count - chunk.position());
            if (chunk.position() > 0) {
                lend(chunk, assembler);
            }
        }
        return count;
    }

    private void lend(ByteBuffer chunk, FrameAssembler<?> assembler) {
        if (chunk.position() == chunkBytes) {
            chunkBytes = (int) Math.min(2L * chunkBytes, maxChunkBytes);
        }
        assembler.lend(chunk.flip());
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
