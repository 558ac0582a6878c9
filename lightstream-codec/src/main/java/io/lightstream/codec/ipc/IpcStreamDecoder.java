package io.lightstream.codec.ipc;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.frame.ByteWindow;
import io.lightstream.codec.frame.DecodeResult;
import io.lightstream.codec.frame.FrameDecoder;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.body.BodyReceiver;
import io.lightstream.codec.internal.body.PendingBody;
import io.lightstream.codec.internal.input.MessagePrefix;
import io.lightstream.codec.internal.input.StreamState;
import io.lightstream.codec.internal.metadata.MessageMetadata;
import io.lightstream.codec.memory.ReusedMemory;
import io.lightstream.codec.memory.StagingBuffer;
import io.lightstream.codec.schema.Schema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the encapsulated messages of Arrow IPC streams (Columnar.rst, "Encapsulated message format"):
 *
 * <pre>
 * | 0xFFFFFFFF | metadata length i32 | metadata, padded to 8 | body |      since 0.15
 *              | metadata length i32 | metadata, padded to 8 | body |      before
 * | 0xFFFFFFFF | 0 |    or    | 0 |                                        end of stream
 * </pre>
 *
 * <p>Metadata comes before the body, so every buffer's place is known before its bytes are read: large buffers are read
 * straight to where they belong, on 64-byte boundaries, whatever alignment the producer used. Bodies under 16 KiB are copied
 * there out of the window instead.
 *
 * <p>After an end of stream the decoder expects another schema: several streams may follow each other on one connection.
 */
public final class IpcStreamDecoder implements FrameDecoder<IpcMessage> {
    /** Smaller bodies are awaited in the window and copied; larger ones are read to where they belong. */
    private static final int DIRECT_BODY_BYTES = 16 << 10;
    /** Shorter stretches of unwanted bytes are read over: a skip costs a system call or more. */
    private static final int SKIP_BYTES = 16 << 10;

    private enum Expect {
        PREFIX,
        BODY_IN_WINDOW,
        BODY_IN_PLACE,
        BODY_SKIPPED
    }

    private final BufferAllocator allocator;
    private final ReusedMemory batchMemory;
    private final IpcReadOptions options;
    private final InputSite site;
    private final InputEnd inputEnd;
    private final MessageMetadata metadata;

    private ByteBuffer metadataBytes = ByteBuffer.allocate(1 << 10).order(ByteOrder.LITTLE_ENDIAN);
    private final StagingBuffer staging = new StagingBuffer();
    private @Nullable StreamState stream;
    private Expect expect = Expect.PREFIX;
    private MessageMetadata.Kind kind = MessageMetadata.Kind.SCHEMA;
    private int headBytes;
    private @Nullable PendingBody body;
    private @Nullable BodyReceiver receiver;

    /**
     * A decoder at the start of a stream.
     *
     * @param allocator for bodies; borrowed. A block of up to {@link ReusedMemory#LARGEST_KEPT} bytes stays taken until the decoder
     *     is closed: a batch that nobody holds any more leaves it to the next
     */
    public IpcStreamDecoder(BufferAllocator allocator, IpcReadOptions options) {
        this(allocator, options, InputEnd.UNKNOWN);
    }

    /**
     * A decoder of an input whose length may be known: a body that would reach behind its end is refused before memory is taken
     * for it.
     */
    IpcStreamDecoder(BufferAllocator allocator, IpcReadOptions options, InputEnd inputEnd) {
        this.inputEnd = inputEnd;
        this.allocator = allocator;
        this.batchMemory = new ReusedMemory(allocator);
        this.options = options;
        this.site = new InputSite(options.source());
        this.metadata = new MessageMetadata(options.limits(), site);
    }

    /** Schema of the batches of the current stream: the chosen columns. Absent before a schema came. */
    public Optional<Schema> schema() {
        return stream == null ? Optional.empty() : Optional.of(stream.schema());
    }

    @Override
    public DecodeResult<IpcMessage> decode(ByteWindow in) throws LightstreamException {
        return switch (expect) {
            case PREFIX -> decodePrefix(in);
            case BODY_IN_WINDOW -> decodeBodyInWindow(in);
            case BODY_IN_PLACE -> decodeBodyInPlace();
            case BODY_SKIPPED -> message(0);
        };
    }

    private DecodeResult<IpcMessage> decodePrefix(ByteWindow in) throws LightstreamException {
        if (in.remaining() < MessagePrefix.LENGTH_BYTES) {
            return DecodeResult.needMore(MessagePrefix.LENGTH_BYTES);
        }
        site.moveTo(in.position());
        if (stream == null) {
            MessagePrefix.requireBeginning(in.getInt(0), options.limits(), site);
        }
        int prefixBytes = MessagePrefix.bytes(in.getInt(0));
        if (in.remaining() < prefixBytes) {
            return DecodeResult.needMore(prefixBytes);
        }
        int length = in.getInt(prefixBytes - MessagePrefix.LENGTH_BYTES);
        if (length == 0) {
            return endOfStream(prefixBytes);
        }
        MessagePrefix.requireLength(length, options.limits(), site);
        headBytes = prefixBytes + length;
        return in.remaining() < headBytes ? DecodeResult.needMore(headBytes) : decodeMetadata(in, prefixBytes, length);
    }

    private DecodeResult<IpcMessage> endOfStream(int prefixBytes) throws LightstreamException {
        if (stream == null) {
            throw site.malformed("first message of the stream", "a schema", "end of stream");
        }
        stream.close();
        stream = null;
        return DecodeResult.frame(new IpcMessage.EndOfStream(site.position()), prefixBytes);
    }

    private DecodeResult<IpcMessage> decodeMetadata(ByteWindow in, int prefixBytes, int length)
            throws LightstreamException {
        if (metadataBytes.capacity() < length) {
            metadataBytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        }
        in.copyTo(prefixBytes, metadataBytes.array(), 0, length);
        metadataBytes.clear().limit(length);
        kind = metadata.read(metadataBytes);
        if ((kind == MessageMetadata.Kind.SCHEMA) != (stream == null)) {
            throw site.malformed("message", stream == null ? "a schema first" : "one schema a stream", kind);
        }
        boolean wanted = kind == MessageMetadata.Kind.RECORD_BATCH
                || (kind == MessageMetadata.Kind.DICTIONARY_BATCH && stream().wantsDictionary(metadata));
        if (!wanted) {
            return skipBody();
        }
        requireInside(in.position() + headBytes);
        if (metadata.bodyLength() < DIRECT_BODY_BYTES) {
            expect = Expect.BODY_IN_WINDOW;
            return decodeBodyInWindow(in);
        }
        body = begin();
        receiver = body.receive(staging, SKIP_BYTES);
        expect = Expect.BODY_IN_PLACE;
        return receiver.next(headBytes);
    }

    private void requireInside(long bodyStart) throws LightstreamException {
        long available = inputEnd.available(bodyStart, metadata.bodyLength());
        if (available < metadata.bodyLength()) {
            throw new TruncatedStreamException(
                    site.source(), bodyStart + available, "body", metadata.bodyLength() + " bytes", available);
        }
    }

    private DecodeResult<IpcMessage> skipBody() throws LightstreamException {
        if (metadata.bodyLength() == 0) {
            return message(headBytes);
        }
        expect = Expect.BODY_SKIPPED;
        return DecodeResult.skip(headBytes, metadata.bodyLength());
    }

    private DecodeResult<IpcMessage> decodeBodyInWindow(ByteWindow in) throws LightstreamException {
        int total = headBytes + (int) metadata.bodyLength();
        if (in.remaining() < total) {
            return DecodeResult.needMore(total);
        }
        PendingBody whole = begin();
        body = whole;
        whole.copyFrom(in, headBytes);
        return message(total);
    }

    private DecodeResult<IpcMessage> decodeBodyInPlace() throws LightstreamException {
        BodyReceiver current = receiver;
        if (current == null) {
            throw new IllegalStateException("no body is on its way");
        }
        if (!current.isDone()) {
            return current.next(0);
        }
        current.copyStaged();
        receiver = null;
        return message(0);
    }

    /** The message that is complete now. */
    private DecodeResult<IpcMessage> message(int consumed) throws LightstreamException {
        expect = Expect.PREFIX;
        PendingBody complete = body;
        body = null;
        try {
            return DecodeResult.frame(toMessage(complete), consumed);
        } finally {
            if (complete != null) {
                complete.close();
            }
        }
    }

    private IpcMessage toMessage(@Nullable PendingBody complete) throws LightstreamException {
        long position = site.position();
        Map<String, String> customMetadata = metadata.customMetadata();
        if (kind == MessageMetadata.Kind.SCHEMA) {
            Schema schema = metadata.schema();
            stream = new StreamState(schema, metadata.byteOrder(), allocator, batchMemory, options, site);
            return new IpcMessage.SchemaMessage(schema, metadata.byteOrder(), customMetadata, position);
        }
        if (kind == MessageMetadata.Kind.DICTIONARY_BATCH) {
            if (complete != null) {
                stream().finishDictionary(complete, metadata.dictionaryId(), metadata.isDelta());
            }
            return new IpcMessage.DictionaryBatch(
                    metadata.dictionaryId(),
                    metadata.isDelta(),
                    metadata.batch().rowCount(),
                    position);
        }
        if (complete == null) {
            throw new IllegalStateException("a record batch without a body");
        }
        return new IpcMessage.RecordBatch(stream().finishBatch(complete, customMetadata), position);
    }

    private PendingBody begin() throws LightstreamException {
        return kind == MessageMetadata.Kind.RECORD_BATCH
                ? stream().beginBatch(metadata)
                : stream().beginDictionary(metadata);
    }

    private StreamState stream() {
        if (stream == null) {
            throw new IllegalStateException("no schema has come");
        }
        return stream;
    }

    /** Gives up a body that is on its way, the memory that waits for the next one, and the dictionaries. */
    @Override
    public void close() {
        receiver = null;
        staging.close();
        if (body != null) {
            body.close();
            body = null;
        }
        if (stream != null) {
            stream.close();
            stream = null;
        }
        batchMemory.close();
    }
}
