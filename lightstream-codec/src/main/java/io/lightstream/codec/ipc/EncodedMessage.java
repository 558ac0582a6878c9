package io.lightstream.codec.ipc;

import io.lightstream.codec.frame.FrameSink;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.NativeMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One Arrow IPC message in memory, framed and padded, to be sent as often as it takes: to a thousand subscribers, into a
 * Kafka record, as the metadata and body of a Flight message.
 *
 * <p>Ownership: this is a handle to shared, counted memory; {@link #close()} gives it up. {@link #share()} makes another
 * handle, to be closed by whoever gets it, in any thread. The last one frees the memory.
 *
 * <p>Buffers of 16 KB and more of the batch are not copied unless they are compressed: the message keeps their memory alive,
 * charged to the encoder's allocator, and they must not be changed as long as it is open. Those of an allocator with another root
 * are copied.
 *
 * <p>Immutable and thread-safe but for {@code close}, which each handle's owner calls when done with what {@link #buffers()}
 * gave.
 */
public final class EncodedMessage implements AutoCloseable {
    /** What a message is. */
    public enum Kind {
        SCHEMA,
        DICTIONARY_BATCH,
        RECORD_BATCH
    }

    private static final int MAX_VIEW_BYTES = 1 << 30;

    private final Kind kind;
    private final int metadataLength;
    private final long length;
    /** Address and length of each piece, alternating; the first begins with the metadata. */
    private final long[] pieces;

    private final BatchMemory[] memories;
    private boolean closed;

    /** Takes over one reference of each memory. */
    EncodedMessage(Kind kind, int metadataLength, long[] pieces, BatchMemory... memories) {
        this.kind = kind;
        this.metadataLength = metadataLength;
        this.pieces = pieces;
        this.memories = memories;
        long total = 0;
        for (int i = 1; i < pieces.length; i += 2) {
            total += pieces[i];
        }
        this.length = total;
    }

    public Kind kind() {
        return kind;
    }

    /** Bytes of the metadata with the framing in front of it and the padding behind it. */
    public int metadataLength() {
        return metadataLength;
    }

    /** Bytes of the body with its padding. */
    public long bodyLength() {
        return length - metadataLength;
    }

    /** Bytes of the message. */
    public long length() {
        return length;
    }

    /** The framed metadata: continuation marker, length, flatbuffer, padding. */
    public ByteBuffer metadata() {
        requireOpen();
        return NativeMemory.readOnlyView(pieces[0], metadataLength);
    }

    /** The flatbuffer {@code Message} without framing, padding behind it included; what Flight calls the data header. */
    public ByteBuffer header() {
        int prefix = 2 * Integer.BYTES;
        return metadata().position(prefix).slice();
    }

    /** The body, in as many pieces as it lies in memory; none for a schema. */
    public ByteBuffer[] body() {
        requireOpen();
        return views(metadataLength);
    }

    /**
     * The whole message in order. New read-only direct buffers at each call, so that each subscriber has positions of its own;
     * valid until this handle is closed.
     */
    public ByteBuffer[] buffers() {
        requireOpen();
        return views(0);
    }

    private ByteBuffer[] views(long skipped) {
        List<ByteBuffer> views = new ArrayList<>(pieces.length / 2);
        long skip = skipped;
        for (int i = 0; i < pieces.length; i += 2) {
            for (long done = skip; done < pieces[i + 1]; done += MAX_VIEW_BYTES) {
                long count = Math.min(MAX_VIEW_BYTES, pieces[i + 1] - done);
                views.add(NativeMemory.readOnlyView(pieces[i] + done, count));
            }
            skip = 0;
        }
        return views.toArray(ByteBuffer[]::new);
    }

    /** Hands the whole message to a sink. */
    public void writeTo(FrameSink sink) throws IOException {
        ByteBuffer[] buffers = buffers();
        sink.write(buffers, 0, buffers.length);
    }

    /**
     * A copy on the heap.
     *
     * @throws IllegalStateException where the message is larger than an array can be
     */
    public byte[] toBytes() {
        if (length > Integer.MAX_VALUE - Long.BYTES) {
            throw new IllegalStateException("message of " + length + " bytes: too large for an array");
        }
        byte[] bytes = new byte[(int) length];
        int at = 0;
        for (ByteBuffer buffer : buffers()) {
            int count = buffer.remaining();
            buffer.get(bytes, at, count);
            at += count;
        }
        return bytes;
    }

    /** Another handle to the same message. */
    public EncodedMessage share() {
        requireOpen();
        for (BatchMemory memory : memories) {
            memory.retain();
        }
        return new EncodedMessage(kind, metadataLength, pieces, memories);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the encoded message is closed");
        }
    }

    /** Gives up this handle; idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Arrays.asList(memories).forEach(BatchMemory::release);
        }
    }

    /** Kind and size. */
    @Override
    public String toString() {
        return kind + " message of " + metadataLength + " + " + bodyLength() + " bytes";
    }
}
