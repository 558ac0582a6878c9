package io.lightstream.codec.frame;

/**
 * How a {@link FrameReader} reads. Immutable; start from {@link #defaults()}.
 *
 * @param source the name of the stream in messages, such as {@code tcp://host:9000} or a path
 * @param position the offset of the channel's next byte from the start of the source, for messages and positions
 * @param chunkBytes the most that the chunk grows to that headers and small frames are read into, in bytes
 * @param maxReadBytes the most that is asked for by one read call into payload destinations, in bytes. Larger reads are
 *     slower on sockets, because the bytes have left the processor's cache before they are used
 * @param pauses whether to sleep some microseconds in the middle of a large payload when the channel has been drained, so
 *     that bytes gather there. Pays on sockets, whose senders have to wake the reader for every few KB otherwise; needless
 *     for what is always ready, such as files, and bad for what holds little, such as pipes
 * @param closeChannel whether closing the reader closes the channel
 */
public record FrameReaderOptions(
        String source, long position, int chunkBytes, int maxReadBytes, boolean pauses, boolean closeChannel) {
    private static final int DEFAULT_BYTES = 256 << 10;
    private static final FrameReaderOptions DEFAULTS =
            new FrameReaderOptions("stream", 0, DEFAULT_BYTES, DEFAULT_BYTES, false, true);

    /** Checks the values. */
    public FrameReaderOptions {
        if (position < 0) {
            throw new IllegalArgumentException("position: expected at least 0, found " + position);
        }
        if (chunkBytes < 1) {
            throw new IllegalArgumentException("chunkBytes: expected at least 1, found " + chunkBytes);
        }
        if (maxReadBytes < 1) {
            throw new IllegalArgumentException("maxReadBytes: expected at least 1, found " + maxReadBytes);
        }
    }

    /**
     * Returns the defaults: chunks and reads of 256 KB, from position 0, without pauses, closing the channel.
     *
     * @return the options
     */
    public static FrameReaderOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Names the stream in messages.
     *
     * @param newSource such as {@code tcp://host:9000} or a path
     * @return options that differ in that
     */
    public FrameReaderOptions withSource(String newSource) {
        return new FrameReaderOptions(newSource, position, chunkBytes, maxReadBytes, pauses, closeChannel);
    }

    /**
     * Says where in the source the channel stands.
     *
     * @param newPosition the offset of its next byte
     * @return options that differ in that
     */
    public FrameReaderOptions withPosition(long newPosition) {
        return new FrameReaderOptions(source, newPosition, chunkBytes, maxReadBytes, pauses, closeChannel);
    }

    /**
     * Limits the chunk.
     *
     * @param bytes at least 1
     * @return options that differ in that
     */
    public FrameReaderOptions withChunkBytes(int bytes) {
        return new FrameReaderOptions(source, position, bytes, maxReadBytes, pauses, closeChannel);
    }

    /**
     * Limits one read call into payload destinations.
     *
     * @param bytes at least 1
     * @return options that differ in that
     */
    public FrameReaderOptions withMaxReadBytes(int bytes) {
        return new FrameReaderOptions(source, position, chunkBytes, bytes, pauses, closeChannel);
    }

    /**
     * Says whether to let bytes gather in the middle of large payloads.
     *
     * @param pause true for sockets
     * @return options that differ in that
     */
    public FrameReaderOptions withPauses(boolean pause) {
        return new FrameReaderOptions(source, position, chunkBytes, maxReadBytes, pause, closeChannel);
    }

    /**
     * Says whether closing the reader closes the channel.
     *
     * @param close false for a channel that is used on, such as standard input
     * @return options that differ in that
     */
    public FrameReaderOptions withCloseChannel(boolean close) {
        return new FrameReaderOptions(source, position, chunkBytes, maxReadBytes, pauses, close);
    }
}
