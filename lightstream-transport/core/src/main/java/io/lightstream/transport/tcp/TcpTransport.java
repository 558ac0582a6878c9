package io.lightstream.transport.tcp;

import io.lightstream.transport.spi.CommonOptions;
import io.lightstream.transport.spi.Endpoint;
import io.lightstream.transport.spi.HostAndPort;
import io.lightstream.transport.spi.Link;
import io.lightstream.transport.spi.Listener;
import io.lightstream.transport.spi.Option;
import io.lightstream.transport.spi.TransportProvider;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Serves {@code tcp://host:port}. To listen, an empty host or {@code *} means every address of this machine, and port 0
 * one that the system chooses.
 */
public final class TcpTransport implements TransportProvider {
    /** For {@link java.util.ServiceLoader}. */
    public TcpTransport() {}

    @Override
    public Set<String> schemes() {
        return Set.of("tcp");
    }

    @Override
    public Set<Option<?>> options() {
        Set<Option<?>> options = new HashSet<>(CommonOptions.SOCKET);
        options.add(CommonOptions.CONNECT_TIMEOUT);
        options.add(CommonOptions.NO_DELAY);
        return options;
    }

    @Override
    public Link connect(Endpoint endpoint) throws IOException {
        return new TcpConnector(endpoint).connect();
    }

    @Override
    public Listener bind(Endpoint endpoint) throws IOException {
        HostAndPort address = address(endpoint);
        boolean any = address.host().isEmpty() || address.host().equals("*");
        return TcpListener.bind(endpoint, any ? new HostAndPort("", address.port()) : address);
    }

    /** The address of an endpoint that has nothing else. */
    static HostAndPort address(Endpoint endpoint) {
        if (!endpoint.path().isEmpty() && !endpoint.path().equals("/")) {
            throw new IllegalArgumentException(
                    "[" + endpoint + "] address: expected no path, found " + endpoint.path());
        }
        return HostAndPort.of(endpoint, -1);
    }
}
