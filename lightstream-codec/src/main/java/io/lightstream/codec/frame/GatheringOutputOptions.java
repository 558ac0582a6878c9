package io.lightstream.codec.frame;

/**
 * How a {@link GatheringOutput} writes. Immutable; start from {@link #defaults()}.
 *
 * @param sink the name of the sink in messages, such as {@code tcp://host:9000} or a path
 * @param stagingBytes the size of the buffer that small writes are collected in, in bytes
 * @param largeBytes from which size on the bytes of one call are written as they lie instead of being collected, in bytes.
 *     Small writes are slow on sockets, slower than copying to where larger ones come from
 * @param maxWriteBytes the most that is handed to the channel by one call, in bytes. Larger writes are slower on
 *     sockets, because the receiver starts late and the bytes have left the processor's cache by then
 * @param closeChannel whether closing the output closes the channel
 */
public record GatheringOutputOptions(
        String sink, int stagingBytes, int largeBytes, int maxWriteBytes, boolean closeChannel) {
    /**
     * What a packet carries on Linux's loopback, by TCP over IPv4. A write that is no multiple of it ends in a tiny packet, which
     * costs as much as a full one: 5 % of large batches. Five of them, the most of one write, are also nearly nine times the 36,544
     * bytes that a Unix socket queues at once: 3 %.
     */
    private static final int LOOPBACK_PACKET_BYTES = 65_482;

    private static final GatheringOutputOptions DEFAULTS =
            new GatheringOutputOptions("stream", 4 * LOOPBACK_PACKET_BYTES, 48 << 10, 5 * LOOPBACK_PACKET_BYTES, true);

    /** Checks the values. */
    public GatheringOutputOptions {
        requirePositive("stagingBytes", stagingBytes);
        requirePositive("largeBytes", largeBytes);
        requirePositive("maxWriteBytes", maxWriteBytes);
    }

    /**
     * Returns the defaults: some 256 KB of staging, 48 KB and more not copied, some 320 KB a call, closing the channel.
     *
     * @return the options
     */
    public static GatheringOutputOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Names the sink in messages.
     *
     * @param newSink such as {@code tcp://host:9000} or a path
     * @return options that differ in that
     */
    public GatheringOutputOptions withSink(String newSink) {
        return new GatheringOutputOptions(newSink, stagingBytes, largeBytes, maxWriteBytes, closeChannel);
    }

    /**
     * Sets the size of the buffer that small writes are collected in.
     *
     * @param bytes at least 1
     * @return options that differ in that
     */
    public GatheringOutputOptions withStagingBytes(int bytes) {
        return new GatheringOutputOptions(sink, bytes, largeBytes, maxWriteBytes, closeChannel);
    }

    /**
     * Sets from which size on direct buffers are not copied: the size of all that one call writes, not of one buffer.
     *
     * @param bytes at least 1
     * @return options that differ in that
     */
    public GatheringOutputOptions withLargeBytes(int bytes) {
        return new GatheringOutputOptions(sink, stagingBytes, bytes, maxWriteBytes, closeChannel);
    }

    /**
     * Limits one call of the channel.
     *
     * @param bytes at least 1
     * @return options that differ in that
     */
    public GatheringOutputOptions withMaxWriteBytes(int bytes) {
        return new GatheringOutputOptions(sink, stagingBytes, largeBytes, bytes, closeChannel);
    }

    /**
     * Says whether closing the output closes the channel.
     *
     * @param close false for a channel that is used on, such as standard output
     * @return options that differ in that
     */
    public GatheringOutputOptions withCloseChannel(boolean close) {
        return new GatheringOutputOptions(sink, stagingBytes, largeBytes, maxWriteBytes, close);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": expected at least 1, found " + value);
        }
    }
}
