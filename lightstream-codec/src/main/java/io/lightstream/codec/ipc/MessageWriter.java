package io.lightstream.codec.ipc;

import io.lightstream.codec.Alignment;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.arrow.BorrowedRoots;
import io.lightstream.codec.frame.GatheringOutput;
import io.lightstream.codec.frame.GatheringOutputOptions;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.internal.Gate;
import io.lightstream.codec.internal.encode.OutgoingMessage;
import io.lightstream.codec.internal.metadata.MessageMetadataEncoder;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * What writers of streams and files share: the messages, where they lie, and whether the writer is still of use.
 *
 * <p>What a user calls is guarded against a second thread and against closing meanwhile; {@link #guarded} does it for what consists
 * of several steps.
 */
final class MessageWriter {
    private enum State {
        OPEN,
        FAILED,
        ENDED
    }

    private final GatheringOutput output;
    private final String sink;
    private final Gate gate;
    private final Schema schema;
    /** What is added to the output's position to get that in the file. */
    private final long shift;

    private final long startOfOutput;

    private final WrittenDictionaries dictionaries;
    private final BatchEncoding encoding;
    private List<Field> knownFields;
    private @Nullable BorrowedRoots roots;
    private State state = State.OPEN;
    private Step undo = () -> {};
    /** Zero bytes that are still to be written before anything else. */
    private int padding;

    private long lastOffset;
    private int lastMetadataLength;
    private long lastBodyLength;

    MessageWriter(GatheringOutput output, Schema schema, IpcWriteOptions options, DictionaryChange change) {
        this(output, 0, schema, options, change);
    }

    /** @param origin position in the file of the next byte of the output */
    MessageWriter(
            GatheringOutput output, long origin, Schema schema, IpcWriteOptions options, DictionaryChange change) {
        this.output = output;
        this.sink = options.sink();
        this.gate = new Gate("the writer to " + sink);
        this.schema = schema;
        this.knownFields = schema.fields();
        this.startOfOutput = output.position();
        this.shift = origin - startOfOutput;
        this.dictionaries = new WrittenDictionaries(schema, change);
        this.encoding = new BatchEncoding(options.compression(), dictionaries);
    }

    static GatheringOutputOptions outputOptions(IpcWriteOptions options) {
        return GatheringOutputOptions.defaults().withSink(options.sink()).withStagingBytes(options.stagingBytes());
    }

    /** Made late: it loads classes of Arrow Java that nothing else needs. */
    BorrowedRoots roots() {
        BorrowedRoots known = roots;
        if (known == null) {
            known = new BorrowedRoots();
            roots = known;
        }
        return known;
    }

    /** Bytes since the beginning of the stream or file. */
    long position() {
        return output.position() + shift + padding;
    }

    /** Lets the first thing that is written begin at a multiple of 64, behind zero bytes. */
    void padFirst() {
        padding = (int) (Alignment.roundUp(position()) - position());
    }

    /** What to do where writing fails, before the error is thrown on. */
    void onFailure(Step step) {
        undo = step;
    }

    /** Takes dictionaries for written; see {@link WrittenDictionaries#startWith}. */
    WrittenDictionaries dictionaries() {
        return dictionaries;
    }

    /** The message that was written last. */
    Footer.Block last() {
        return new Footer.Block(lastOffset, lastMetadataLength, lastBodyLength);
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** Whether the end was written. */
    boolean isEnded() {
        return state == State.ENDED;
    }

    /** Writes bytes that are no batch: magic, schema, end, footer. */
    void writeRaw(ByteBuffer bytes) throws IOException {
        doOrFail(() -> {
            pad();
            output.write(bytes);
        });
    }

    /** Whether nothing has been written. */
    boolean isUntouched() {
        return output.position() == startOfOutput;
    }

    void writeSchema() throws IOException {
        writeRaw(MessageMetadataEncoder.schema(schema, position()));
    }

    /** Is told of each dictionary batch. */
    interface DictionaryListener {
        void written(long id, Footer.Block block);
    }

    /** Writes a batch and before it the dictionaries that it needs. */
    void write(RecordBatch batch, DictionaryListener listener) throws IOException {
        gate.enter();
        try {
            writeGuarded(batch, listener);
        } finally {
            leave();
        }
    }

    private void writeGuarded(RecordBatch batch, DictionaryListener listener) throws IOException {
        requireOpen();
        requireSchema(batch.schema());
        List<DictionaryUpdate> updates = dictionaries.update(batch);
        if (updates.isEmpty()) {
            // A batch that is refused for its values has left nothing behind, and the next one may be written.
            ByteBuffer metadata = encoding.encode(batch);
            doOrFail(() -> writeMessage(metadata));
            return;
        }
        doOrFail(() -> {
            for (DictionaryUpdate update : updates) {
                writeMessage(encoding.encode(update));
                listener.written(update.id(), last());
            }
            writeMessage(encoding.encode(batch));
        });
    }

    /**
     * Writes a dictionary once more as a whole, where it was written in pieces.
     *
     * @return whether it was
     */
    boolean writeWhole(long dictionaryId, BufferAllocator allocator) throws IOException {
        Optional<DictionaryUpdate> whole = dictionaries.whole(dictionaryId, allocator);
        if (whole.isEmpty()) {
            return false;
        }
        try {
            doOrFail(() -> writeMessage(encoding.encode(whole.get())));
            return true;
        } finally {
            whole.get().values().data().memory().release();
        }
    }

    private void writeMessage(ByteBuffer metadata) throws IOException {
        pad();
        lastOffset = position();
        lastMetadataLength = metadata.remaining();
        lastBodyLength = encoding.body().bodyLength();
        output.write(new OutgoingMessage(metadata, encoding.body()));
    }

    private void pad() throws IOException {
        if (padding > 0) {
            output.pad(padding);
            padding = 0;
        }
    }

    /** Hands on what was written; a step of something guarded. */
    void flush() throws IOException {
        requireOpen();
        doOrFail(output::flush);
    }

    /** Nothing more is written after this. */
    void end() {
        state = State.ENDED;
    }

    /** Does what no other thread may do meanwhile. */
    void guarded(Step step) throws IOException {
        gate.enter();
        try {
            step.run();
        } finally {
            leave();
        }
    }

    private void leave() {
        if (gate.leave()) {
            encoding.close();
        }
    }

    /**
     * Closes the writer. A thread that is inside is woken by the closing of the sink, and then there is no end.
     *
     * @param ownedSink closed in any case
     * @param last what remains to be done where nobody is inside
     */
    void close(Closeable ownedSink, Step last) throws IOException {
        Gate.Closing closing = gate.close();
        if (closing == Gate.Closing.ALREADY) {
            return;
        }
        if (closing == Gate.Closing.WHEN_LEFT) {
            ownedSink.close();
            return;
        }
        try {
            last.run();
        } catch (IOException | RuntimeException | Error e) {
            Closeables.closeAfter(e, ownedSink, encoding);
            throw e;
        }
        try (encoding) {
            ownedSink.close();
        }
    }

    /** Names are compared as well, custom metadata of the schema is not: it is written once, at the beginning. */
    private void requireSchema(Schema other) {
        if (other.fields() == knownFields) {
            return;
        }
        if (!other.fields().equals(schema.fields())) {
            throw new IllegalArgumentException("schema of the batch: expected\n" + schema + "\nfound\n" + other);
        }
        knownFields = other.fields();
    }

    void requireOpen() {
        switch (state) {
            case OPEN -> {}
            case FAILED -> throw new IllegalStateException("writing to " + sink + " has failed before");
            case ENDED -> throw new IllegalStateException("the end of " + sink + " has been written");
        }
    }

    /** Something that leaves the writer unusable where it fails. */
    interface Step {
        void run() throws IOException;
    }

    void doOrFail(Step step) throws IOException {
        try {
            step.run();
        } catch (IOException | RuntimeException | Error e) {
            state = State.FAILED;
            Closeables.closeAfter(e, undo::run);
            throw e;
        }
    }
}
