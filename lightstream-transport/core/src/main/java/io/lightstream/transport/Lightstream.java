package io.lightstream.transport;

import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.spi.CommonOptions;
import io.lightstream.transport.spi.Endpoint;
import io.lightstream.transport.spi.TransportProvider;
import java.io.IOException;
import java.util.Set;

/** The place to start. */
public final class Lightstream {
    private Lightstream() {}

    public static Connection connect(String uri, LightstreamMemory memory) throws IOException {
        return connect(uri, memory, TransportOptions.defaults());
    }

    public static Connection connect(String uri, LightstreamMemory memory, TransportOptions options)
            throws IOException {
        TransportUri parsed = transportUri(uri);
        TransportProvider provider = Transports.load().of(parsed.scheme());
        Endpoint endpoint = Transports.endpoint(parsed, provider, options.options(), Set.of());
        return new Connection(provider.connect(endpoint), memory, closed -> {});
    }

    public static Server listen(String uri, LightstreamMemory memory) throws IOException {
        return listen(uri, memory, ServerOptions.defaults());
    }

    public static Server listen(String uri, LightstreamMemory memory, ServerOptions options) throws IOException {
        TransportUri parsed = transportUri(uri);
        TransportProvider provider = Transports.load().of(parsed.scheme());
        Endpoint endpoint = Transports.endpoint(
                parsed, provider, options.transport().options(), Set.of(CommonOptions.MAX_CONNECTIONS));
        int maxConnections = endpoint.options().get(CommonOptions.MAX_CONNECTIONS, Integer.MAX_VALUE);
        return new Server(provider.bind(endpoint), memory, options, maxConnections);
    }

    private static TransportUri transportUri(String uri) {
        return TransportUri.parse(uri)
                .orElseThrow(() -> new IllegalArgumentException(
                        "URI: expected one such as tcp://host:9000, found '" + uri + "'"));
    }
}
