package io.lightstream.transport.spi;

import java.io.IOException;
import java.util.Set;

/**
 * Makes links and listeners for the URIs of one kind of transport. Found by {@link java.util.ServiceLoader}; stateless
 * and safe for use by several threads.
 */
public interface TransportProvider {
    /** Names before the colon of the URIs that this transport serves, in lower case, such as {@code tcp}. */
    Set<String> schemes();

    /** Everything that may stand in the query of such a URI; anything else is refused before this transport is asked. */
    Set<Option<?>> options();

    /**
     * Connects to a peer; blocks until that is done.
     *
     * @return a link that the caller closes
     * @throws IOException where no connection comes about, naming the endpoint; nothing is left open then
     * @throws IllegalArgumentException where the endpoint's address makes no sense for this transport
     */
    Link connect(Endpoint endpoint) throws IOException;

    /**
     * Starts to listen for peers.
     *
     * @return a listener that the caller closes
     * @throws IOException where the address cannot be listened on, naming the endpoint; nothing is left open then
     * @throws IllegalArgumentException where the endpoint's address makes no sense for this transport, or it cannot
     *     listen at all
     */
    Listener bind(Endpoint endpoint) throws IOException;
}
