package io.lightstream.mmap.follow;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.internal.BorrowedBatch;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.internal.Gate;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.input.BlockReader;
import io.lightstream.codec.internal.input.ChannelInput;
import io.lightstream.codec.internal.input.FileTail;
import io.lightstream.codec.internal.input.MessageCursor.Found;
import io.lightstream.codec.internal.input.PositionedInput;
import io.lightstream.codec.internal.input.StreamState;
import io.lightstream.codec.internal.metadata.MessageMetadata;
import io.lightstream.codec.ipc.Footer;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Reads the Arrow IPC stream of a file while another process appends to it: {@link #next()} waits until a batch is there as a
 * whole.
 *
 * <p>A message counts when the file is as long as to hold all of it, and the watermark, if there is one, lies behind it. A
 * writer may die in the middle of a message, and another one may cut that off and go on: nothing torn is handed out, nothing
 * twice, nothing left out. Writers have to append, so that bytes below the size of the file are there; one that reserves
 * space, maps the file or writes out of order needs a {@linkplain FollowOptions#watermark() watermark}. Nobody may cut off
 * complete messages: that is a {@link RotatedFileException}, but a file that is cut and grows back to its size between two
 * looks, fractions of a second, cannot be told from one that only grew.
 *
 * <p>{@link #next()} ends at the marker of the end of the stream and by {@link #stop()}; otherwise only by an error:
 *
 * <ul>
 *   <li>{@link io.lightstream.codec.TruncatedStreamException}: a message is incomplete, and the file has not grown for {@link
 *       FollowOptions#stallTimeout()}
 *   <li>{@link RotatedFileException}: the file was renamed, replaced, removed or truncated. What was complete in it is handed out
 *       first, and a message that has begun is waited for as always: the writer may still have the file open
 *   <li>{@link FollowTimeoutException}: nothing has come for {@link FollowOptions#idleTimeout()}. The only one that is not final:
 *       {@link #next()} may be called again, and with a short time-out that is how to poll
 *   <li>{@link java.nio.channels.ClosedChannelException}: another thread has closed this reader
 *   <li>{@link java.io.InterruptedIOException}, {@link java.nio.channels.ClosedByInterruptException}: the thread was interrupted
 * </ul>
 *
 * <p>Bodies are read to 64-byte aligned memory of a child of the allocator, not mapped; see docs/decisions/0008. The file is
 * looked at when the file system tells of a change of its folder, and every {@link FollowOptions#checkInterval()} besides. For
 * these events the JDK runs one daemon thread for each reader that is open; no other thread is started.
 *
 * <p>Ownership, threads and errors are those of {@link BatchReader}.
 */
public final class FollowedStream implements BatchReader {
    private final BufferAllocator allocator;
    private final MessageFollower messages;
    private final BlockReader blocks;
    private final InputSite site;
    private final long start;
    private final StreamState stream;
    private final Gate gate;
    private final BorrowedBatch current = new BorrowedBatch();
    private final Advance advance = new Advance();
    private long position;
    private boolean ended;

    private FollowedStream(FollowedFile file, FileChanges changes, BufferAllocator allocator, FollowOptions options)
            throws IOException {
        String source = file.path().toString();
        IpcReadOptions reading = options.reading().withSource(source);
        ShrinkingInput input = new ShrinkingInput(new ChannelInput(file.channel(), source));
        this.allocator = allocator;
        this.site = new InputSite(source);
        this.blocks = new BlockReader(input, reading, site);
        this.start = options.start();
        CompleteMessages complete = new CompleteMessages(
                input, blocks.messages(), options.watermark().orElse(() -> Long.MAX_VALUE), file.path(), start);
        this.messages = new MessageFollower(file, changes, complete, options);
        this.gate = new Gate("The reader of " + source);
        this.stream = readSchema(input, reading);
    }

    /**
     * Opens the file and waits for its schema. To end that wait, interrupt the thread or set an {@linkplain
     * FollowOptions#idleTimeout() idle timeout}.
     *
     * @param file an Arrow stream, not an Arrow file; may be empty as yet, or absent where the options say so
     * @param allocator parent of the one that bodies are taken from; borrowed
     * @throws LightstreamException where the file does not begin with a schema that can be read, and as {@link #next()}
     * @throws IOException where the file cannot be opened or read
     * @throws io.lightstream.codec.ColumnSelectionException where the options name a column that is not there, or is there twice
     */
    public static FollowedStream follow(Path file, BufferAllocator allocator, FollowOptions options)
            throws IOException {
        FollowedFile opened = FollowedFile.open(file, options);
        FileChanges changes = null;
        BufferAllocator child = null;
        try {
            String source = file.toString();
            changes = options.watermark().isPresent()
                    ? new TimedChecks(source)
                    : FileChanges.of(file.toRealPath(), source);
            child = allocator.newChildAllocator(source, 0, Long.MAX_VALUE);
            return new FollowedStream(opened, changes, child, options);
        } catch (IOException | RuntimeException | Error e) {
            Closeables.closeAfter(e, opened);
            if (changes != null) {
                Closeables.closeAfter(e, changes);
            }
            if (child != null) {
                Closeables.closeAfter(e, child);
            }
            throw e;
        }
    }

    private StreamState readSchema(PositionedInput input, IpcReadOptions reading) throws IOException {
        Optional<Found.Message> first = awaitFirst(input);
        if (first.isEmpty()) {
            throw new MalformedStreamException(site.source(), 0, "first message", "a schema", "end of stream");
        }
        if (first.get().kind() != MessageMetadata.Kind.SCHEMA) {
            throw site.malformed(
                    "first message", MessageMetadata.Kind.SCHEMA, first.get().kind());
        }
        MessageMetadata metadata = blocks.messages().metadata();
        StreamState state = new StreamState(metadata.schema(), metadata.byteOrder(), allocator, reading, site);
        pass(first.get().block());
        return state;
    }

    /** The magic of an Arrow file would be the length of a message over any limit. */
    private Optional<Found.Message> awaitFirst(PositionedInput input) throws IOException {
        try {
            return messages.await();
        } catch (LimitExceededException e) {
            throw FileTail.isFile(input, input.size())
                    ? site.malformed("format", "an Arrow stream", "an Arrow file")
                    : e;
        }
    }

    @Override
    public Schema schema() {
        return stream.schema();
    }

    /** Schema of all columns, where the options choose some. */
    public Schema fullSchema() {
        return stream.fullSchema();
    }

    /**
     * Waits for the next batch.
     *
     * @return false at the end of the stream, unless the options say to go on there
     * @throws FollowTimeoutException where none has begun within the {@linkplain FollowOptions#idleTimeout() idle timeout}; may
     *     be called again
     */
    @Override
    public boolean next() throws IOException {
        gate.enter();
        try {
            return current.step(advance);
        } finally {
            if (gate.leave()) {
                release();
            }
        }
    }

    /** To the next batch; a time-out between two messages is not the end of it. */
    private final class Advance implements BorrowedBatch.Step<IOException> {
        @Override
        public boolean run() throws IOException {
            return advance();
        }

        @Override
        public boolean isFinal(Throwable failure) {
            return !(failure instanceof FollowTimeoutException);
        }
    }

    private boolean advance() throws IOException {
        boolean canGoOn = false;
        try {
            while (!ended) {
                Optional<Found.Message> message = messages.await();
                ended = message.isEmpty();
                if (!ended && accept(message.get())) {
                    break;
                }
            }
            canGoOn = true;
            return !ended;
        } catch (FollowTimeoutException e) {
            // Between two messages: what is known of the stream is whole.
            canGoOn = true;
            throw e;
        } catch (ShrinkingInput.ShrunkException e) {
            throw messages.truncated();
        } finally {
            if (!canGoOn) {
                stream.close();
            }
        }
    }

    /** Takes the message in; whether it is a batch to be handed out. */
    private boolean accept(Found.Message message) throws IOException {
        Footer.Block block = message.block();
        boolean before = isBeforeStart(block);
        switch (message.kind()) {
            case SCHEMA -> throw site.malformed("message", "one schema a stream", message.kind());
            case DICTIONARY_BATCH -> {
                if (stream.wantsDictionary(blocks.messages().metadata())) {
                    blocks.readDictionaryBody(block, stream);
                }
            }
            case RECORD_BATCH -> {
                if (!before) {
                    current.lend(blocks.readBatchBody(block, stream));
                    position = block.offset();
                }
            }
        }
        pass(block);
        return message.kind() == MessageMetadata.Kind.RECORD_BATCH && !before;
    }

    private boolean isBeforeStart(Footer.Block block) throws LightstreamException {
        if (block.offset() < start && start < block.end()) {
            throw site.malformed(
                    "message at which to start",
                    "one at " + start,
                    "one from " + block.offset() + " to " + block.end());
        }
        return block.offset() < start;
    }

    private void pass(Footer.Block block) {
        messages.moveTo(block.end());
    }

    @Override
    public RecordBatch batch() {
        return current.get();
    }

    /** Never true: without a look at the file, which {@link #next()} takes, nothing is known. */
    @Override
    public boolean hasArrived() {
        return false;
    }

    /** Byte offset of the current batch's message in the file. */
    public long position() {
        return position;
    }

    /**
     * Byte offset behind what was handed out: where the next message begins. A reader that {@linkplain
     * FollowOptions#withStart starts} there goes on where this one stands.
     */
    public long nextPosition() {
        return messages.position();
    }

    /**
     * Ends a wait for the {@linkplain FollowOptions#watermark() watermark}: to be called when it has moved, from any thread.
     * With a watermark, only this and the {@linkplain FollowOptions#checkInterval() interval} end waits, not events of the file,
     * whose bytes come before the watermark that lets them count. Does nothing without one.
     */
    public void wakeUp() {
        messages.wakeUp();
    }

    /**
     * Ends the stream here, from any thread: {@link #next()} returns false from now on, also where it waits. Unlike {@link
     * #close()} this leaves the current batch to the thread that uses it.
     */
    public void stop() throws IOException {
        messages.stop();
    }

    /**
     * Ends the reading; a thread that waits in {@link #next()} wakes with an {@link IOException}. Idempotent.
     *
     * @throws IllegalStateException where slices of borrowed batches are still open
     */
    @Override
    public void close() throws IOException {
        gate.close(messages, this::release);
    }

    private void release() {
        current.release();
        blocks.close();
        stream.close();
        allocator.close();
    }
}
