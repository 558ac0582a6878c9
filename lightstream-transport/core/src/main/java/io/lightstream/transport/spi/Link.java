package io.lightstream.transport.spi;

import io.lightstream.codec.frame.FrameReaderOptions;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;

/**
 * Two directions of bytes between this process and one peer.
 *
 * <p>One thread may read while another writes; each direction serves one thread at a time. Any thread may close, which
 * wakes both with a {@link ConnectionClosedException}. A peer that reads slowly slows the writer: nothing is buffered
 * without a bound.
 */
public interface Link extends Closeable {
    /** What errors call this link, such as {@code tcp://host:9000}; for an accepted link the address of the peer. */
    String name();

    /**
     * Bytes from the peer. A read blocks until there is at least one byte, and answers -1 once the peer has ended its
     * direction. Best given direct buffers. Closing the channel closes the link.
     */
    ScatteringByteChannel input();

    /**
     * How frames are read from {@link #input()} fastest: how much at a time, and whether to let bytes gather.
     *
     * @return the defaults unless the transport knows better
     */
    default FrameReaderOptions readOptions() {
        return FrameReaderOptions.defaults();
    }

    /**
     * Bytes to the peer. A write blocks until at least one byte has been taken. Best given direct buffers. Closing the
     * channel closes the link.
     */
    GatheringByteChannel output();

    /**
     * Ends the direction to the peer, who reads -1 after the bytes that were written; the other direction stays as it
     * is. Idempotent.
     *
     * @throws IOException where the peer is gone already
     */
    void shutdownOutput() throws IOException;

    /** Whether {@link #close()} was not called yet. Says nothing about the peer. */
    boolean isOpen();

    /** Ends both directions and gives up the link's resources; idempotent. Bytes that were written are still sent. */
    @Override
    void close() throws IOException;
}
