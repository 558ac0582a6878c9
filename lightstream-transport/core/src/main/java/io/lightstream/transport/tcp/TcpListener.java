package io.lightstream.transport.tcp;

import io.lightstream.transport.internal.SocketBuffers;
import io.lightstream.transport.internal.SocketLink;
import io.lightstream.transport.internal.SocketListener;
import io.lightstream.transport.spi.CommonOptions;
import io.lightstream.transport.spi.Endpoint;
import io.lightstream.transport.spi.HostAndPort;
import io.lightstream.transport.spi.Link;
import io.lightstream.transport.spi.Options;
import io.lightstream.transport.spi.TransportErrors;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Listens on a TCP port. */
final class TcpListener extends SocketListener {
    private final Options options;

    private TcpListener(ServerSocketChannel channel, InetSocketAddress address, String uri, Options options) {
        super(channel, address, uri);
        this.options = options;
    }

    static TcpListener bind(Endpoint endpoint, HostAndPort address) throws IOException {
        InetSocketAddress wanted = address.host().isEmpty()
                ? new InetSocketAddress(address.port())
                : new InetSocketAddress(address.host(), address.port());
        if (wanted.isUnresolved()) {
            throw TransportErrors.bindFailed(endpoint.name(), "unknown host " + address.host(), null);
        }
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            SocketBuffers.applyReceive(endpoint.options(), channel);
            bind(channel, wanted, endpoint);
            InetSocketAddress bound = (InetSocketAddress) channel.getLocalAddress();
            return new TcpListener(channel, bound, uri(endpoint, bound), endpoint.options());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void bind(ServerSocketChannel channel, InetSocketAddress address, Endpoint endpoint)
            throws IOException {
        try {
            channel.bind(address, endpoint.options().get(CommonOptions.BACKLOG, CommonOptions.DEFAULT_BACKLOG));
        } catch (IOException e) {
            throw TransportErrors.bindFailed(endpoint.name(), String.valueOf(e.getMessage()), e);
        }
    }

    /** What was bound, except that one cannot connect to "every address". */
    private static String uri(Endpoint endpoint, InetSocketAddress bound) {
        String authority =
                bound.getAddress().isAnyLocalAddress() ? "localhost:" + bound.getPort() : HostAndPort.format(bound);
        return endpoint.scheme() + "://" + authority;
    }

    @Override
    protected Link link(SocketChannel accepted) throws IOException {
        String name;
        try {
            name = "tcp://" + HostAndPort.format((InetSocketAddress) accepted.getRemoteAddress());
            TcpOptions.apply(options, accepted);
        } catch (IOException | RuntimeException e) {
            accepted.close();
            throw e;
        }
        return new SocketLink(accepted, name, options);
    }
}
