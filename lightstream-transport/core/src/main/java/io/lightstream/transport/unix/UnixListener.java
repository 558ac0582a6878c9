package io.lightstream.transport.unix;

import io.lightstream.transport.internal.SocketLink;
import io.lightstream.transport.internal.SocketListener;
import io.lightstream.transport.spi.CommonOptions;
import io.lightstream.transport.spi.Endpoint;
import io.lightstream.transport.spi.Link;
import io.lightstream.transport.spi.Options;
import io.lightstream.transport.spi.TransportErrors;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Listens on a Unix domain socket. */
final class UnixListener extends SocketListener {
    private final SocketFile file;
    private final Options options;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();

    private UnixListener(
            ServerSocketChannel channel, UnixDomainSocketAddress address, SocketFile file, Endpoint endpoint) {
        super(channel, address, endpoint.name());
        this.file = file;
        this.options = endpoint.options();
    }

    static UnixListener bind(Endpoint endpoint, UnixDomainSocketAddress address) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            SocketFile.deleteStale(endpoint.name(), address);
            bind(channel, address, endpoint);
            return new UnixListener(channel, address, SocketFile.bound(address), endpoint);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void bind(ServerSocketChannel channel, UnixDomainSocketAddress address, Endpoint endpoint)
            throws IOException {
        try {
            channel.bind(address, endpoint.options().get(CommonOptions.BACKLOG, CommonOptions.DEFAULT_BACKLOG));
        } catch (IOException e) {
            throw TransportErrors.bindFailed(endpoint.name(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Peers have no name of their own, so they are numbered. */
    @Override
    protected Link link(SocketChannel channel) throws IOException {
        try {
            UnixOptions.apply(options, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return new SocketLink(channel, uri() + "#" + accepted.incrementAndGet(), options);
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            try {
                if (options.get(CommonOptions.DELETE_ON_CLOSE, true)) {
                    file.delete();
                }
            } finally {
                super.close();
            }
        }
    }
}
