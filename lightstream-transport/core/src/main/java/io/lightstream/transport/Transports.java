package io.lightstream.transport;

import io.lightstream.transport.spi.Endpoint;
import io.lightstream.transport.spi.Option;
import io.lightstream.transport.spi.Options;
import io.lightstream.transport.spi.TransportProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/** The transports on the class path, by scheme. */
final class Transports {
    /** Where a scheme is served that this artifact does not serve itself. */
    private static final Map<String, String> ARTIFACTS = Map.of(
            "tls", "lightstream-transport-netty",
            "ws", "lightstream-transport-web",
            "wss", "lightstream-transport-web",
            "http", "lightstream-transport-web",
            "https", "lightstream-transport-web",
            "quic", "lightstream-transport-quic",
            "shm", "lightstream-transport-shm");

    private final Iterable<TransportProvider> providers;

    private Transports(Iterable<TransportProvider> providers) {
        this.providers = providers;
    }

    /** What {@link ServiceLoader} finds now. */
    static Transports load() {
        return new Transports(ServiceLoader.load(TransportProvider.class));
    }

    /** Given ones. */
    static Transports of(List<TransportProvider> providers) {
        return new Transports(providers);
    }

    /** Whether some artifact serves {@code scheme}, be it on the class path or not. */
    boolean isKnown(String scheme) {
        return ARTIFACTS.containsKey(scheme) || !serving(scheme).isEmpty();
    }

    /**
     * The one transport that serves {@code scheme}.
     *
     * @throws IllegalArgumentException where there is none, naming the artifact to add, or more than one
     */
    TransportProvider of(String scheme) {
        List<TransportProvider> found = serving(scheme);
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            String artifact = ARTIFACTS.get(scheme);
            throw new IllegalArgumentException("transport '" + scheme + "': expected one of " + schemes()
                    + (artifact == null
                            ? ""
                            : "; it is served by the artifact io.lightstream:" + artifact
                                    + ", which is not on the class path"));
        }
        throw new IllegalArgumentException("transport '" + scheme + "': expected one provider, found "
                + found.stream().map(p -> p.getClass().getName()).sorted().toList()
                + "; remove the artifact of one from the class path");
    }

    /**
     * The endpoint that {@code uri} means to {@code provider}.
     *
     * @param options what holds where the URI's query says nothing
     * @param more options that are not the provider's, but known
     */
    static Endpoint endpoint(TransportUri uri, TransportProvider provider, Options options, Set<Option<?>> more) {
        Endpoint bare = new Endpoint(uri.scheme(), uri.authority(), uri.path(), Options.none());
        List<Option<?>> known = new ArrayList<>(provider.options());
        known.addAll(more);
        try {
            return new Endpoint(
                    uri.scheme(), uri.authority(), uri.path(), options.withQuery(uri.query(), Set.copyOf(known)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("[" + bare + "] " + e.getMessage(), e);
        }
    }

    private List<TransportProvider> serving(String scheme) {
        List<TransportProvider> found = new ArrayList<>();
        for (TransportProvider provider : providers) {
            if (provider.schemes().contains(scheme)) {
                found.add(provider);
            }
        }
        return found;
    }

    private Set<String> schemes() {
        Set<String> schemes = new TreeSet<>();
        providers.forEach(provider -> schemes.addAll(provider.schemes()));
        return schemes;
    }
}
