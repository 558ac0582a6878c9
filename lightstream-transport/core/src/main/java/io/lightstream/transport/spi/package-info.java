/**
 * What a transport must supply, and nothing else: scheme names, the options it knows, and {@link
 * io.lightstream.transport.spi.Link links} and {@link io.lightstream.transport.spi.Listener listeners} that move bytes.
 * Streams, batches, servers, several streams on one connection and the rules of closing are built on top of these once,
 * for all transports.
 *
 * <p>A transport is a {@link io.lightstream.transport.spi.TransportProvider} listed in {@code META-INF/services}. It
 * should pass the contract test suite that comes in this artifact's test jar.
 */
@NullMarked
package io.lightstream.transport.spi;

import org.jspecify.annotations.NullMarked;
