package io.lightstream.codec.frame;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.LimitExceededException;
import java.util.Optional;

/**
 * Frames that end with a certain byte, such as lines. A frame's value is the bytes before the delimiter, in an array
 * that belongs to the caller.
 */
public final class DelimiterFrameDecoder implements FrameDecoder<byte[]> {
    private final String source;
    private final byte delimiter;
    private final int maxFrameBytes;
    private final boolean lastMayLackDelimiter;

    /** How many bytes at the start of the window are known to hold no delimiter. */
    private int searched;

    /**
     * A decoder for one stream.
     *
     * @param source the name of the stream in messages
     * @param delimiter the byte that ends a frame, such as {@code '\n'}
     * @param maxFrameBytes the longest frame to accept, without its delimiter, in bytes
     * @param lastMayLackDelimiter whether the end of the input ends a frame, too, as it does with lines; otherwise that
     *     is a truncated stream
     */
    public DelimiterFrameDecoder(String source, byte delimiter, int maxFrameBytes, boolean lastMayLackDelimiter) {
        this.source = source;
        this.delimiter = delimiter;
        this.maxFrameBytes = maxFrameBytes;
        this.lastMayLackDelimiter = lastMayLackDelimiter;
    }

    @Override
    public DecodeResult<byte[]> decode(ByteWindow in) throws LightstreamException {
        int end = in.indexOf(delimiter, searched);
        requireLimit(in, end >= 0 ? end : in.remaining());
        if (end < 0) {
            searched = in.remaining();
            return DecodeResult.needMore(in.remaining() + 1);
        }
        searched = 0;
        return DecodeResult.frame(copy(in, end), end + 1);
    }

    @Override
    public Optional<DecodeResult.Frame<byte[]>> endOfInput(ByteWindow rest) {
        return lastMayLackDelimiter
                ? Optional.of(new DecodeResult.Frame<>(copy(rest, rest.remaining()), rest.remaining()))
                : Optional.empty();
    }

    private void requireLimit(ByteWindow in, int length) throws LimitExceededException {
        if (length > maxFrameBytes) {
            throw new LimitExceededException(source, in.position(), "maxFrameBytes", maxFrameBytes, length);
        }
    }

    private static byte[] copy(ByteWindow in, int length) {
        byte[] frame = new byte[length];
        in.copyTo(0, frame, 0, length);
        return frame;
    }
}
