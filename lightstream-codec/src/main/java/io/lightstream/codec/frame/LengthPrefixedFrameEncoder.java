package io.lightstream.codec.frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes what {@link LengthPrefixedFrameDecoder} reads. The payload's position and limit stay as they are. */
public final class LengthPrefixedFrameEncoder implements FrameEncoder<ByteBuffer> {
    private final ByteBuffer prefix;
    private final ByteBuffer[] frame = new ByteBuffer[2];

    /**
     * An encoder for one stream.
     *
     * @param order the byte order of the length
     */
    public LengthPrefixedFrameEncoder(ByteOrder order) {
        prefix = ByteBuffer.allocateDirect(LengthPrefixedFrameDecoder.PREFIX_BYTES)
                .order(order);
        frame[0] = prefix;
        frame[1] = prefix;
    }

    @Override
    public void encode(ByteBuffer value, FrameSink out) throws IOException {
        prefix.putInt(0, value.remaining());
        frame[1] = value;
        try {
            out.write(frame, 0, frame.length);
        } finally {
            frame[1] = prefix; // the value is only borrowed
        }
    }
}
