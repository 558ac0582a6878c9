package io.lightstream.codec.ipc;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.frame.FrameReader;
import io.lightstream.codec.frame.FrameReaderOptions;
import io.lightstream.codec.internal.BorrowedBatch;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.internal.Gate;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Reads one Arrow IPC stream from a blocking channel.
 *
 * <p>Bodies are read straight into 64-byte aligned memory of a child of the allocator. Where a batch of up to 4 MiB was only
 * borrowed, its memory stays with the reader for the next one, until {@link #close()}. A stream that ends between two messages
 * without its marker is accepted; one that ends anywhere else is a {@link
 * io.lightstream.codec.TruncatedStreamException}.
 *
 * <p>Ownership, threads and errors are those of {@link BatchReader}. Batches that are to outlive the reader are {@linkplain
 * RecordBatch#take taken}; slices of borrowed batches are closed before it.
 */
public final class IpcStreamReader implements BatchReader {
    private final FrameReader<IpcMessage> frames;
    private final boolean ownsFrames;
    private final @Nullable BufferAllocator allocator;
    private final IpcMessage.SchemaMessage schemaMessage;
    private final Schema schema;
    private final BorrowedBatch current = new BorrowedBatch();
    private long position;
    private boolean ended;
    private final Gate gate;

    private IpcStreamReader(
            FrameReader<IpcMessage> frames,
            IpcStreamDecoder decoder,
            String source,
            @Nullable BufferAllocator allocator) {
        this.frames = frames;
        this.ownsFrames = allocator != null;
        this.allocator = allocator;
        this.gate = new Gate("The reader of " + source);
        // The decoder lets nothing but a schema through as the first message.
        this.schemaMessage = (IpcMessage.SchemaMessage) frames.frame();
        this.schema = decoder.schema().orElseThrow();
    }

    /**
     * Opens the stream and reads its schema.
     *
     * @param channel in blocking mode; closed with the reader, and where opening fails
     * @param allocator parent of the one that bodies are taken from; borrowed
     * @throws LightstreamException where the input does not begin with a schema that can be read
     * @throws IOException where the channel fails
     * @throws io.lightstream.codec.ColumnSelectionException where the options name a column that is not there, or is there twice
     */
    public static IpcStreamReader open(ReadableByteChannel channel, BufferAllocator allocator, IpcReadOptions options)
            throws IOException {
        BufferAllocator child = allocator.newChildAllocator(options.source(), 0, Long.MAX_VALUE);
        FrameReader<IpcMessage> frames = null;
        try {
            IpcStreamDecoder decoder = new IpcStreamDecoder(child, options, InputEnd.of(channel));
            frames = FrameReader.open(
                    channel, decoder, FrameReaderOptions.defaults().withSource(options.source()));
            if (!frames.next()) {
                throw new MalformedStreamException(
                        options.source(), frames.position(), "first message", "a schema", "end of input");
            }
            return new IpcStreamReader(frames, decoder, options.source(), child);
        } catch (IOException | RuntimeException | Error e) {
            Closeables.closeAfter(e, frames == null ? channel : frames, child);
            throw e;
        }
    }

    /**
     * Reads the next stream of a connection that carries several, one after another.
     *
     * @param frames driven by {@code decoder}, at the beginning of a stream; stays open when this reader is closed
     * @param decoder that of {@code frames}
     * @param source name of the connection in errors
     * @return empty at the end of the input
     * @throws IllegalStateException where the stream before was not read {@linkplain #isEnded() to its end}: a message of that
     *     is lost then
     */
    public static Optional<IpcStreamReader> next(
            FrameReader<IpcMessage> frames, IpcStreamDecoder decoder, String source) throws IOException {
        if (!frames.next()) {
            return Optional.empty();
        }
        IpcMessage first = frames.frame();
        if (!(first instanceof IpcMessage.SchemaMessage)) {
            if (first instanceof IpcMessage.RecordBatch message) {
                message.batch().close();
            }
            throw new IllegalStateException("[" + source + " @" + frames.framePosition()
                    + "] the stream before was not read to its end: expected a schema, found another message");
        }
        return Optional.of(new IpcStreamReader(frames, decoder, source, null));
    }

    @Override
    public Schema schema() {
        return schema;
    }

    /** Custom metadata of the message that carried the schema. */
    public Map<String, String> schemaMessageMetadata() {
        return schemaMessage.metadata();
    }

    @Override
    public boolean next() throws IOException {
        gate.enter();
        try {
            return current.step(this::advance);
        } finally {
            if (gate.leave()) {
                release();
            }
        }
    }

    private boolean advance() throws IOException {
        while (!ended) {
            if (!frames.next() || frames.frame() instanceof IpcMessage.EndOfStream) {
                ended = true;
            } else if (frames.frame() instanceof IpcMessage.RecordBatch message) {
                current.lend(message.batch());
                position = message.position();
                return true;
            }
        }
        return false;
    }

    @Override
    public RecordBatch batch() {
        return current.get();
    }

    @Override
    public boolean hasArrived() {
        return frames.hasArrived();
    }

    /** Byte offset of the current batch's message in the stream. */
    public long position() {
        return position;
    }

    /** Whether the stream was read to its end, so that another may begin behind it. */
    public boolean isEnded() {
        return ended;
    }

    /** Body bytes that had to be copied on their way, because they came in one chunk with something else. */
    public long copiedBytes() {
        return frames.copiedBytes();
    }

    /** Body bytes that were read straight to their place. */
    public long directBytes() {
        return frames.directBytes();
    }

    /**
     * Ends the reading; a thread that is blocked in {@link #next()} wakes with an {@link IOException}. Idempotent.
     *
     * @throws IllegalStateException where slices of borrowed batches are still open
     */
    @Override
    public void close() throws IOException {
        gate.close(ownsFrames ? frames : () -> {}, this::release);
    }

    private void release() {
        current.release();
        if (allocator != null) {
            allocator.close();
        }
    }
}
