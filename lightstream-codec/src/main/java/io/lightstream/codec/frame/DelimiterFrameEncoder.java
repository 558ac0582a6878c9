package io.lightstream.codec.frame;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes what {@link DelimiterFrameDecoder} reads. */
public final class DelimiterFrameEncoder implements FrameEncoder<byte[]> {
    private final byte delimiter;
    private final ByteBuffer end;

    /**
     * An encoder for one stream.
     *
     * @param delimiter the byte that ends a frame
     */
    public DelimiterFrameEncoder(byte delimiter) {
        this.delimiter = delimiter;
        this.end = ByteBuffer.allocateDirect(1).put(0, delimiter);
    }

    /**
     * Writes one frame.
     *
     * @throws IllegalArgumentException if the value contains the delimiter
     */
    @Override
    public void encode(byte[] value, FrameSink out) throws IOException {
        for (byte b : value) {
            if (b == delimiter) {
                throw new IllegalArgumentException("A frame contains its delimiter, byte " + delimiter);
            }
        }
        out.write(ByteBuffer.wrap(value));
        out.write(end);
    }
}
