package io.lightstream.transport.internal;

import io.lightstream.transport.spi.Link;
import io.lightstream.transport.spi.Listener;
import io.lightstream.transport.spi.TransportErrors;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A listening socket. Transports say what to do with a socket that was accepted. */
public abstract class SocketListener implements Listener {
    private final ServerSocketChannel channel;
    private final SocketAddress address;
    private final String uri;

    /**
     * A listener over {@code channel}, which it owns from now on.
     *
     * @param channel bound
     * @param address what it is bound to
     * @param uri what peers connect to
     */
    protected SocketListener(ServerSocketChannel channel, SocketAddress address, String uri) {
        this.channel = channel;
        this.address = address;
        this.uri = uri;
    }

    /** Makes a link of a socket, which it owns, even when it throws. */
    protected abstract Link link(SocketChannel accepted) throws IOException;

    @Override
    public final String uri() {
        return uri;
    }

    @Override
    public final SocketAddress address() {
        return address;
    }

    @Override
    public final Link accept() throws IOException {
        try {
            return link(channel.accept());
        } catch (IOException e) {
            throw TransportErrors.acceptFailed(uri, e);
        }
    }

    @Override
    public final boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
