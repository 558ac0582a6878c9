package io.lightstream.codec.ipc;

import io.lightstream.codec.Alignment;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.frame.ByteWindow;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.body.BodySource;
import io.lightstream.codec.internal.body.PendingBody;
import io.lightstream.codec.internal.input.MessagePrefix;
import io.lightstream.codec.internal.input.StreamState;
import io.lightstream.codec.internal.metadata.MessageMetadata;
import io.lightstream.codec.memory.MemoryOwner;
import io.lightstream.codec.schema.Schema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Decodes messages that arrive by themselves, without a stream around them: schema and record batches in byte ranges of their
 * own, as storage services and log records carry them, or metadata and body apart, as Flight does.
 *
 * <p>A schema message comes first, dictionaries before the batches that refer to them. Byte ranges are heap arrays or direct
 * buffers and are copied to aligned memory; a body in native memory that is aligned already can be used where it lies.
 *
 * <p>For one thread at a time. Record batches belong to the caller and may outlive the decoder only if they are {@linkplain
 * io.lightstream.codec.RecordBatch#take taken}.
 */
public final class IpcMessageDecoder implements AutoCloseable {
    private final BufferAllocator allocator;
    private final IpcReadOptions options;
    private final InputSite site;
    private final MessageMetadata metadata;
    private @Nullable StreamState stream;
    private boolean closed;

    private IpcMessageDecoder(BufferAllocator allocator, IpcReadOptions options) {
        this.allocator = allocator;
        this.options = options;
        this.site = new InputSite(options.source());
        this.metadata = new MessageMetadata(options.limits(), site);
    }

    /**
     * A decoder that waits for a schema.
     *
     * @param allocator parent of the one that bodies are taken from; borrowed
     */
    public static IpcMessageDecoder open(BufferAllocator allocator, IpcReadOptions options) {
        return new IpcMessageDecoder(allocator.newChildAllocator(options.source(), 0, Long.MAX_VALUE), options);
    }

    /** Schema of the batches: the chosen columns. Absent before a schema came. */
    public Optional<Schema> schema() {
        return stream == null ? Optional.empty() : Optional.of(stream.schema());
    }

    /**
     * Decodes one encapsulated message: prefix, metadata and body.
     *
     * @param message from its position to its limit, neither of which is changed; bytes behind the body are ignored
     * @return the message; a record batch belongs to the caller
     * @throws TruncatedStreamException where there is less than prefix and metadata promise
     * @throws LightstreamException where the message is malformed, over a limit or not supported; positions count from the
     *     start of {@code message}
     */
    public IpcMessage decode(ByteBuffer message) throws LightstreamException {
        requireOpen();
        ByteBuffer bytes = message.slice().order(ByteOrder.LITTLE_ENDIAN);
        site.moveTo(0);
        requireBytes("prefix of the message", 0, MessagePrefix.LENGTH_BYTES, bytes.capacity());
        int prefixBytes = MessagePrefix.bytes(bytes.getInt(0));
        requireBytes("prefix of the message", 0, prefixBytes, bytes.capacity());
        int length = bytes.getInt(prefixBytes - MessagePrefix.LENGTH_BYTES);
        if (length == 0) {
            return new IpcMessage.EndOfStream(0);
        }
        MessagePrefix.requireLength(length, options.limits(), site);
        requireBytes("metadata", prefixBytes, length, bytes.capacity() - prefixBytes);
        int bodyStart = prefixBytes + length;
        return decode(
                bytes.slice(prefixBytes, length), bytes.slice(bodyStart, bytes.capacity() - bodyStart), bodyStart);
    }

    /**
     * Decodes a message whose metadata and body lie apart.
     *
     * @param flatbuffer the metadata without a prefix, from position to limit
     * @param body from position to limit, neither of which is changed; empty for a schema
     * @return the message; a record batch belongs to the caller
     * @throws LightstreamException as {@link #decode(ByteBuffer)}; that of a body that is too short names a position in it
     */
    public IpcMessage decode(ByteBuffer flatbuffer, ByteBuffer body) throws LightstreamException {
        requireOpen();
        return decode(flatbuffer, body, 0);
    }

    private IpcMessage decode(ByteBuffer flatbuffer, ByteBuffer body, int bodyStart) throws LightstreamException {
        MessageMetadata.Kind kind = readMetadata(flatbuffer);
        requireBytes("body", bodyStart, metadata.bodyLength(), body.remaining());
        if (kind == MessageMetadata.Kind.SCHEMA) {
            return acceptSchema();
        }
        if (kind == MessageMetadata.Kind.DICTIONARY_BATCH && !stream().wantsDictionary(metadata)) {
            return dictionaryMessage();
        }
        try (PendingBody pending = kind == MessageMetadata.Kind.RECORD_BATCH
                ? stream().beginBatch(metadata)
                : stream().beginDictionary(metadata)) {
            pending.copyFrom(ByteWindow.of(body, 0), 0);
            return finish(kind, pending);
        }
    }

    /**
     * Decodes a record batch whose body lies in native memory. The batch uses those buffers where they lie that start on
     * 64-byte boundaries and are neither compressed nor big-endian; the others are copied.
     *
     * @param flatbuffer the metadata without a prefix, from position to limit
     * @param body between the buffer's reader and writer index; borrowed: the batch takes a reference of its own if it uses it, so its reference manager tells when the
     *     memory is free; {@link io.lightstream.codec.memory.ForeignBuffers#wrap(long, long, Runnable)} makes one of any memory
     * @return the message; the batch belongs to the caller
     * @throws LightstreamException as {@link #decode(ByteBuffer, ByteBuffer)}
     */
    public IpcMessage.RecordBatch decodeInPlace(ByteBuffer flatbuffer, ArrowBuf body) throws LightstreamException {
        requireOpen();
        MessageMetadata.Kind kind = readMetadata(flatbuffer);
        if (kind != MessageMetadata.Kind.RECORD_BATCH) {
            throw site.malformed("message", MessageMetadata.Kind.RECORD_BATCH, kind);
        }
        requireBytes("body", 0, metadata.bodyLength(), body.readableBytes());
        MemoryOwner memory = MemoryOwner.of(body.slice(body.readerIndex(), body.readableBytes()));
        return new IpcMessage.RecordBatch(stream().batchInPlace(metadata, BodySource.of(memory), Alignment.BYTES), 0);
    }

    private MessageMetadata.Kind readMetadata(ByteBuffer flatbuffer) throws LightstreamException {
        site.moveTo(0);
        byte[] copy = new byte[flatbuffer.remaining()];
        flatbuffer.get(flatbuffer.position(), copy);
        MessageMetadata.Kind kind = metadata.read(ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN));
        if ((kind == MessageMetadata.Kind.SCHEMA) != (stream == null)) {
            throw site.malformed("message", stream == null ? "a schema first" : "one schema", kind);
        }
        return kind;
    }

    private IpcMessage acceptSchema() throws LightstreamException {
        Schema schema = metadata.schema();
        stream = new StreamState(schema, metadata.byteOrder(), allocator, options, site);
        return new IpcMessage.SchemaMessage(schema, metadata.byteOrder(), metadata.customMetadata(), 0);
    }

    private IpcMessage finish(MessageMetadata.Kind kind, PendingBody pending) throws LightstreamException {
        if (kind == MessageMetadata.Kind.RECORD_BATCH) {
            Map<String, String> customMetadata = metadata.customMetadata();
            return new IpcMessage.RecordBatch(stream().finishBatch(pending, customMetadata), 0);
        }
        stream().finishDictionary(pending, metadata.dictionaryId(), metadata.isDelta());
        return dictionaryMessage();
    }

    private IpcMessage dictionaryMessage() {
        return new IpcMessage.DictionaryBatch(
                metadata.dictionaryId(), metadata.isDelta(), metadata.batch().rowCount(), 0);
    }

    private StreamState stream() {
        if (stream == null) {
            throw new IllegalStateException("no schema has come");
        }
        return stream;
    }

    private void requireBytes(String what, long start, long needed, long found) throws TruncatedStreamException {
        if (found < needed) {
            throw new TruncatedStreamException(site.source(), start + found, what, needed + " bytes", found);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the decoder is closed");
        }
    }

    /**
     * Gives up the dictionaries and the allocator. Idempotent.
     *
     * @throws IllegalStateException where batches of this decoder are still open
     */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (stream != null) {
                stream.close();
            }
            allocator.close();
        }
    }
}
