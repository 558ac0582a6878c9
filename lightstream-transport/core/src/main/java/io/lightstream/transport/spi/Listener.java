package io.lightstream.transport.spi;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;

/** Takes in peers at one address. Safe for use by several threads. */
public interface Listener extends Closeable {
    /** URI that a peer on this machine connects to, with the port the system chose where it was asked to. */
    String uri();

    /** The address that is listened on. */
    SocketAddress address();

    /**
     * Waits for the next peer.
     *
     * @return a link that the caller closes
     * @throws ConnectionClosedException where the listener is closed, before or meanwhile
     * @throws java.io.InterruptedIOException where the thread is interrupted, which closes the listener; it stays interrupted
     * @throws IOException where this peer could not be taken in; another one may
     */
    Link accept() throws IOException;

    /** Whether {@link #close()} was not called yet. */
    boolean isOpen();

    /** Listens no more; links that were accepted stay as they are. Idempotent. */
    @Override
    void close() throws IOException;
}
