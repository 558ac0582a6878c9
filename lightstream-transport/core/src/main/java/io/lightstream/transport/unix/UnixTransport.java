package io.lightstream.transport.unix;

import io.lightstream.transport.internal.SocketLink;
import io.lightstream.transport.spi.CommonOptions;
import io.lightstream.transport.spi.Endpoint;
import io.lightstream.transport.spi.Link;
import io.lightstream.transport.spi.Listener;
import io.lightstream.transport.spi.Option;
import io.lightstream.transport.spi.TransportProvider;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.util.HashSet;
import java.util.Set;

/**
 * Serves {@code unix:///path} (and {@code unix:path} for one that is relative). A listener replaces a socket that nobody
 * listens on any more, never a file of another kind, and deletes its own when it is closed unless {@code
 * deleteOnClose=false}.
 */
public final class UnixTransport implements TransportProvider {
    /** For {@link java.util.ServiceLoader}. */
    public UnixTransport() {}

    @Override
    public Set<String> schemes() {
        return Set.of("unix");
    }

    @Override
    public Set<Option<?>> options() {
        Set<Option<?>> options = new HashSet<>(CommonOptions.SOCKET);
        options.add(CommonOptions.CONNECT_TIMEOUT);
        options.add(CommonOptions.DELETE_ON_CLOSE);
        return options;
    }

    @Override
    public Link connect(Endpoint endpoint) throws IOException {
        return new SocketLink(
                new UnixConnector(endpoint, address(endpoint)).connect(), endpoint.name(), endpoint.options());
    }

    @Override
    public Listener bind(Endpoint endpoint) throws IOException {
        return UnixListener.bind(endpoint, address(endpoint));
    }

    private static UnixDomainSocketAddress address(Endpoint endpoint) {
        if (!endpoint.authority().isEmpty() || endpoint.path().isEmpty()) {
            throw new IllegalArgumentException(
                    "[" + endpoint + "] address: expected unix:///path, found '" + endpoint + "'");
        }
        return UnixDomainSocketAddress.of(endpoint.path());
    }
}
