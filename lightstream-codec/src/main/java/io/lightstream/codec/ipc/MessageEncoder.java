package io.lightstream.codec.ipc;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.internal.encode.MessageCopy;
import io.lightstream.codec.internal.encode.OutgoingBody;
import io.lightstream.codec.internal.metadata.MessageMetadataEncoder;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Encodes batches to messages in memory instead of writing them: for message brokers, Flight, BigQuery, and for many
 * subscribers at once. The messages of one encoder, in order, are one Arrow IPC stream.
 *
 * <p>Ownership: the allocator stays the caller's, messages belong to the caller, batches are borrowed (but see {@link
 * EncodedMessage} on large buffers). All that encoder and messages keep is charged to the encoder's allocator, so batches, and
 * the readers they came from, may be closed before them; the allocator is closed after them. One thread at a time; the messages
 * may go anywhere.
 */
public final class MessageEncoder implements AutoCloseable {
    private final Schema schema;
    private final BufferAllocator allocator;
    private final WrittenDictionaries dictionaries;
    private final BatchEncoding encoding;
    private final MessageCopy copy;
    private final CurrentDictionaries current = new CurrentDictionaries();

    private boolean failed;
    private boolean closed;

    private MessageEncoder(Schema schema, BufferAllocator allocator, IpcWriteOptions options) {
        this.schema = schema;
        this.allocator = allocator;
        this.dictionaries = new WrittenDictionaries(schema, DictionaryChange.ofStream(options.dictionaryDeltas()));
        this.encoding = new BatchEncoding(options.compression(), dictionaries);
        this.copy = new MessageCopy(!options.compression().equals(Compression.NONE));
    }

    /**
     * An encoder of one stream.
     *
     * @param allocator messages are taken from it; borrowed
     */
    public static MessageEncoder create(Schema schema, BufferAllocator allocator, IpcWriteOptions options) {
        return new MessageEncoder(schema, allocator, options);
    }

    /** Schema that every batch must have. */
    public Schema schema() {
        return schema;
    }

    /** The message with which the stream begins. The caller closes it. */
    public EncodedMessage encodeSchema() {
        requireOpen();
        ByteBuffer framed = MessageMetadataEncoder.schema(schema, 0);
        ArrowBuf block = allocator.buffer(framed.remaining());
        NativeMemory.copy(NativeMemory.addressOf(framed), block.memoryAddress(), framed.remaining());
        long[] pieces = {block.memoryAddress(), framed.remaining()};
        return new EncodedMessage(EncodedMessage.Kind.SCHEMA, framed.remaining(), pieces, BatchMemory.of(block));
    }

    /**
     * Encodes a batch: the dictionaries that are new or have changed, then the batch itself. The caller closes them.
     *
     * @throws IllegalArgumentException where the batch has another schema
     * @throws IOException where a dictionary cannot be encoded
     * @throws org.apache.arrow.memory.OutOfMemoryException over the allocator's limit; large buffers of the batch count as well
     */
    public List<EncodedMessage> encode(RecordBatch batch) throws IOException {
        requireOpen();
        if (!batch.schema().fields().equals(schema.fields())) {
            throw new IllegalArgumentException(
                    "schema of the batch: expected\n" + schema + "\nfound\n" + batch.schema());
        }
        List<DictionaryUpdate> updates = dictionaries.update(batch);
        List<EncodedMessage> messages = new ArrayList<>();
        try {
            for (DictionaryUpdate update : updates) {
                messages.add(message(EncodedMessage.Kind.DICTIONARY_BATCH, encoding.encode(update)));
                remember(update, messages.get(messages.size() - 1).share());
            }
            messages.add(message(EncodedMessage.Kind.RECORD_BATCH, encoding.encode(batch)));
            return messages;
        } catch (RuntimeException | Error e) {
            // Dictionaries may be lost: what follows could not be decoded.
            failed = !updates.isEmpty();
            Closeables.closeAfter(e, messages.toArray(AutoCloseable[]::new));
            throw e;
        }
    }

    /**
     * What somebody who joins now has to be sent before the messages of the next {@link #encode}: the schema and all
     * dictionaries as they are. The caller closes them.
     */
    public List<EncodedMessage> catchUp() {
        List<EncodedMessage> messages = new ArrayList<>();
        messages.add(encodeSchema());
        messages.addAll(current.share());
        return messages;
    }

    /** The marker that ends a stream: 8 bytes, in a new buffer at each call. */
    public static ByteBuffer endOfStream() {
        return MessageMetadataEncoder.endOfStream();
    }

    private EncodedMessage message(EncodedMessage.Kind kind, ByteBuffer metadata) {
        OutgoingBody body = encoding.body();
        List<BatchMemory> memories = new ArrayList<>();
        try {
            ArrowBuf block = allocator.buffer(copy.measure(metadata, body));
            memories.add(BatchMemory.of(block));
            moveLent(body, memories);
            long[] pieces = copy.fill(metadata, body, block.memoryAddress());
            return new EncodedMessage(kind, metadata.remaining(), pieces, memories.toArray(BatchMemory[]::new));
        } catch (RuntimeException | Error e) {
            memories.forEach(BatchMemory::release);
            throw e;
        }
    }

    /** The owner of a batch may close its allocator while the message is open. */
    private void moveLent(OutgoingBody body, List<BatchMemory> memories) {
        for (int i = 0; i < body.bufferCount(); i++) {
            if (copy.isLent(body, i)) {
                long address = body.address(i);
                BatchMemory.Transfer moved =
                        body.owner(i).orElseThrow().transferTo(allocator, address, body.contentLength(i));
                memories.add(moved.memory());
                body.moveTo(i, moved.addresses().applyAsLong(address));
            }
        }
    }

    private void remember(DictionaryUpdate update, EncodedMessage message) {
        if (!update.delta()) {
            current.replace(update.id(), message);
        } else if (current.extend(update.id(), message)) {
            DictionaryUpdate whole = dictionaries.latest(update.id());
            current.replace(update.id(), message(EncodedMessage.Kind.DICTIONARY_BATCH, encoding.encode(whole)));
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the encoder is closed");
        }
        if (failed) {
            throw new IllegalStateException("the encoder has failed before");
        }
    }

    /** Gives up what is kept for {@link #catchUp()}; messages that were handed out stay open. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            encoding.close();
            current.close();
        }
    }
}
