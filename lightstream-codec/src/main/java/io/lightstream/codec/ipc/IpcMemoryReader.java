package io.lightstream.codec.ipc;

import io.lightstream.codec.Alignment;
import io.lightstream.codec.BatchReader;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.internal.BorrowedBatch;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.internal.Gate;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.body.BodySource;
import io.lightstream.codec.internal.input.MessagePrefix;
import io.lightstream.codec.internal.input.StreamState;
import io.lightstream.codec.internal.metadata.MessageMetadata;
import io.lightstream.codec.memory.MemoryOwner;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.Schema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Reads one Arrow IPC stream that lies in native memory as a whole: received, cached or shared.
 *
 * <p>Record batches use their buffers where they lie, so that with {@link io.lightstream.codec.Validation#STRUCTURE} a batch
 * costs the same whatever its size; so do dictionaries. A buffer that does not start on a 64-byte boundary, or that is
 * compressed or big-endian, is copied to memory where it does. Streams of Lightstream's writers lie right where they start on
 * a boundary themselves, as anything from {@link io.lightstream.codec.memory.LightstreamMemory} does.
 *
 * <p>Ownership: the memory must not change as long as the reader or a batch of it is open. Both hold references to it: the
 * buffer's reference manager tells when it is free. Otherwise as {@link BatchReader} says, and as {@link IpcStreamReader}
 * about the end of the stream.
 */
public final class IpcMemoryReader implements BatchReader {
    private final ArrowBuf input;
    private final MemoryOwner memory;
    private final long length;
    private final BufferAllocator allocator;
    private final IpcReadOptions options;
    private final InputSite site;
    private final MessageMetadata metadata;
    private final StreamState stream;
    private final Gate gate;
    private ByteBuffer flatbuffer = ByteBuffer.allocate(1 << 10).order(ByteOrder.LITTLE_ENDIAN);
    private long bodyStart;
    private final BorrowedBatch current = new BorrowedBatch();
    private boolean ended;

    private IpcMemoryReader(ArrowBuf input, BufferAllocator allocator, IpcReadOptions options)
            throws LightstreamException {
        this.input = input;
        this.memory = MemoryOwner.of(input);
        this.length = input.readableBytes();
        this.allocator = allocator;
        this.options = options;
        this.site = new InputSite(options.source());
        this.metadata = new MessageMetadata(options.limits(), site);
        this.gate = new Gate("The reader of " + options.source());
        MessageMetadata.Kind kind = readMetadata(0);
        if (kind != MessageMetadata.Kind.SCHEMA) {
            throw site.malformed("first message", "a schema", kind == null ? "end of input" : kind);
        }
        this.stream = new StreamState(metadata.schema(), metadata.byteOrder(), allocator, options, site);
    }

    /**
     * Opens the stream and reads its schema.
     *
     * @param input the stream, between the buffer's reader and writer index; borrowed: the reader takes a reference of its
     *     own. {@link io.lightstream.codec.memory.ForeignBuffers#wrap(ByteBuffer)} makes one of a direct buffer
     * @param allocator parent of the one that what is copied is taken from; borrowed
     * @throws LightstreamException where the input does not begin with a schema that can be read
     * @throws io.lightstream.codec.ColumnSelectionException where the options name a column that is not there, or is there twice
     */
    public static IpcMemoryReader open(ArrowBuf input, BufferAllocator allocator, IpcReadOptions options)
            throws LightstreamException {
        BufferAllocator child = allocator.newChildAllocator(options.source(), 0, Long.MAX_VALUE);
        try {
            ArrowBuf stream = input.slice(input.readerIndex(), input.readableBytes());
            IpcMemoryReader reader = new IpcMemoryReader(stream, child, options);
            input.getReferenceManager().retain();
            return reader;
        } catch (LightstreamException | RuntimeException | Error e) {
            Closeables.closeAfter(e, child);
            throw e;
        }
    }

    @Override
    public Schema schema() {
        return stream.schema();
    }

    @Override
    public boolean next() throws LightstreamException {
        gate.enter();
        try {
            return current.step(this::advance);
        } finally {
            if (gate.leave()) {
                release();
            }
        }
    }

    private boolean advance() throws LightstreamException {
        while (!ended) {
            MessageMetadata.Kind kind = readMetadata(bodyStart + metadata.bodyLength());
            if (kind == null) {
                ended = true;
                return false;
            }
            switch (kind) {
                case RECORD_BATCH -> {
                    current.lend(stream.batchInPlace(metadata, body(), Alignment.BYTES));
                    return true;
                }
                case DICTIONARY_BATCH -> readDictionary();
                case SCHEMA -> throw site.malformed("message", "one schema a stream", kind);
            }
        }
        return false;
    }

    private void readDictionary() throws LightstreamException {
        if (stream.wantsDictionary(metadata)) {
            stream.dictionaryInPlace(metadata, body(), Alignment.BYTES);
        }
    }

    private BodySource<LightstreamException> body() {
        BodySource.Window whole = new BodySource.Window(memory, -bodyStart);
        return (offset, length) -> whole;
    }

    /** Reads the metadata of the message at {@code start} and checks that its body is there; null at the end of the stream. */
    private MessageMetadata.@Nullable Kind readMetadata(long start) throws LightstreamException {
        site.moveTo(start);
        if (start == length) {
            return null;
        }
        requireBytes(start, MessagePrefix.LENGTH_BYTES, "prefix of a message");
        int first = NativeMemory.getInt(input.memoryAddress() + start);
        if (start == 0) {
            MessagePrefix.requireBeginning(first, options.limits(), site);
        }
        int prefixBytes = MessagePrefix.bytes(first);
        requireBytes(start, prefixBytes, "prefix of a message");
        long metadataStart = start + prefixBytes;
        int bytes = NativeMemory.getInt(input.memoryAddress() + metadataStart - MessagePrefix.LENGTH_BYTES);
        if (bytes == 0) {
            return null;
        }
        MessagePrefix.requireLength(bytes, options.limits(), site);
        requireBytes(metadataStart, bytes, "metadata");
        if (flatbuffer.capacity() < bytes) {
            flatbuffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        NativeMemory.copyOut(input.memoryAddress() + metadataStart, flatbuffer.array(), 0, bytes);
        flatbuffer.clear().limit(bytes);
        MessageMetadata.Kind kind = metadata.read(flatbuffer);
        bodyStart = metadataStart + bytes;
        requireBytes(bodyStart, metadata.bodyLength(), "body");
        return kind;
    }

    private void requireBytes(long start, long bytes, String what) throws TruncatedStreamException {
        if (bytes > length - start) {
            throw new TruncatedStreamException(options.source(), start, what, bytes + " bytes", length - start);
        }
    }

    @Override
    public RecordBatch batch() {
        return current.get();
    }

    /** Always true: nobody is waited for. */
    @Override
    public boolean hasArrived() {
        return true;
    }

    /** Byte offset of the current batch's message in the stream. */
    public long position() {
        return site.position();
    }

    /**
     * Ends the reading. Idempotent.
     *
     * @throws IllegalStateException where slices of borrowed batches that were copied are still open
     */
    @Override
    public void close() {
        if (gate.close() == Gate.Closing.NOW) {
            release();
        }
    }

    private void release() {
        current.release();
        stream.close();
        memory.release();
        allocator.close();
    }
}
