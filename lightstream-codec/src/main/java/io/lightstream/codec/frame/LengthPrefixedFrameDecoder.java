package io.lightstream.codec.frame;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.LimitExceededException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Frames that say how long they are.
 *
 * <pre>
 *  0                   4                     4 + length
 *  +-------------------+---------------------+
 *  | length, unsigned  | payload             |
 *  +-------------------+---------------------+
 * </pre>
 *
 * <p>A frame's value is its payload, in a buffer of its own that belongs to the caller. Payloads of 16 KB and more are
 * read straight into a direct buffer; smaller ones are copied to the heap.
 */
public final class LengthPrefixedFrameDecoder implements FrameDecoder<ByteBuffer> {
    static final int PREFIX_BYTES = Integer.BYTES;

    private final String source;
    private final ByteOrder order;
    private final int maxFrameBytes;
    private @Nullable ByteBuffer filling;

    /**
     * A decoder for one stream.
     *
     * @param source the name of the stream in messages
     * @param order the byte order of the length
     * @param maxFrameBytes the longest payload to accept, in bytes; so much memory is taken when a frame claims it
     */
    public LengthPrefixedFrameDecoder(String source, ByteOrder order, int maxFrameBytes) {
        this.source = source;
        this.order = order;
        this.maxFrameBytes = maxFrameBytes;
    }

    @Override
    public DecodeResult<ByteBuffer> decode(ByteWindow in) throws LightstreamException {
        ByteBuffer filled = filling;
        if (filled != null) {
            filling = null;
            return DecodeResult.frame(filled.flip(), 0);
        }
        if (in.remaining() < PREFIX_BYTES) {
            return DecodeResult.needMore(PREFIX_BYTES);
        }
        int prefix = in.getInt(0);
        long length = Integer.toUnsignedLong(order == ByteOrder.LITTLE_ENDIAN ? prefix : Integer.reverseBytes(prefix));
        if (length > maxFrameBytes) {
            throw new LimitExceededException(source, in.position(), "maxFrameBytes", maxFrameBytes, length);
        }
        return payload(in, (int) length);
    }

    private DecodeResult<ByteBuffer> payload(ByteWindow in, int length) {
        if (length >= ReadAheadPolicy.LARGE_PAYLOAD_BYTES) {
            ByteBuffer destination = ByteBuffer.allocateDirect(length);
            filling = destination;
            return DecodeResult.needInto(PREFIX_BYTES, destination);
        }
        if (in.remaining() - PREFIX_BYTES < length) {
            return DecodeResult.needMore(PREFIX_BYTES + length);
        }
        byte[] payload = new byte[length];
        in.copyTo(PREFIX_BYTES, payload, 0, length);
        return DecodeResult.frame(ByteBuffer.wrap(payload), PREFIX_BYTES + length);
    }

    @Override
    public void close() {
        filling = null;
    }
}
