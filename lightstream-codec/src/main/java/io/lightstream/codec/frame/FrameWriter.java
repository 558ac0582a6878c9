package io.lightstream.codec.frame;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * Writes frames to a blocking channel: a {@link FrameEncoder} on top of a {@link GatheringOutput}, which see for what is
 * copied, when bytes leave, and what threads may do.
 *
 * @param <T> the type of the values
 */
public final class FrameWriter<T> implements Flushable, Closeable {
    private final FrameEncoder<T> encoder;
    private final GatheringOutput output;

    private FrameWriter(FrameEncoder<T> encoder, GatheringOutput output) {
        this.encoder = encoder;
        this.output = output;
    }

    /**
     * Opens a writer. Nothing is written yet.
     *
     * @param channel where the bytes go; in blocking mode. Closed with the writer unless the options say otherwise
     * @param encoder makes the bytes
     * @param options how to write
     * @param <T> the type of the values
     * @return a writer that the caller closes
     * @throws java.nio.channels.IllegalBlockingModeException if the channel is in non-blocking mode
     */
    public static <T> FrameWriter<T> open(
            WritableByteChannel channel, FrameEncoder<T> encoder, GatheringOutputOptions options) {
        return new FrameWriter<>(encoder, GatheringOutput.open(channel, options));
    }

    /**
     * Writes a value as one frame. A small frame may wait for others until {@link #flush()}.
     *
     * @param value the value; borrowed until this method returns
     * @throws IOException if the channel fails
     * @throws IllegalArgumentException if the framing cannot carry the value; the writer can be used on
     */
    public void write(T value) throws IOException {
        encoder.encode(value, output);
    }

    @Override
    public void flush() throws IOException {
        output.flush();
    }

    /**
     * Returns how many bytes have been taken so far, written or not.
     *
     * @return the offset of the next frame from the start of the stream
     */
    public long position() {
        return output.position();
    }

    /** Writes what has been collected and closes the channel, unless the options say otherwise. */
    @Override
    public void close() throws IOException {
        output.close();
    }
}
