package io.lightstream.transport.stdio;

import io.lightstream.transport.spi.Endpoint;
import io.lightstream.transport.spi.Link;
import io.lightstream.transport.spi.Listener;
import io.lightstream.transport.spi.Option;
import io.lightstream.transport.spi.TransportProvider;
import java.util.Set;

/**
 * Serves {@code stdio:}, the standard streams of this process. There is one pair of them: closing the link closes those
 * that it has used, and what {@code System.out} prints meanwhile would end up in the middle of the stream.
 */
public final class StdioTransport implements TransportProvider {
    /** For {@link java.util.ServiceLoader}. */
    public StdioTransport() {}

    @Override
    public Set<String> schemes() {
        return Set.of("stdio");
    }

    @Override
    public Set<Option<?>> options() {
        return Set.of();
    }

    @Override
    public Link connect(Endpoint endpoint) {
        requireNoAddress(endpoint);
        return StdioLink.ofProcess(endpoint.name());
    }

    @Override
    public Listener bind(Endpoint endpoint) {
        throw new IllegalArgumentException(
                "[" + endpoint + "] listen: expected a transport that takes in peers, found standard streams");
    }

    private static void requireNoAddress(Endpoint endpoint) {
        if (!endpoint.authority().isEmpty() || !endpoint.path().isEmpty()) {
            throw new IllegalArgumentException("[" + endpoint + "] address: expected nothing after 'stdio:', found '"
                    + endpoint.authority() + endpoint.path() + "'");
        }
    }
}
