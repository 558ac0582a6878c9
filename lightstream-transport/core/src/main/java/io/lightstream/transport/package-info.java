/**
 * Streams of record batches between processes: connections, servers, and one place to open any of them by its URI or
 * path, {@link io.lightstream.transport.Lightstream}.
 *
 * <p>The wire is the plain Arrow IPC stream format, so the peer may be any implementation of Arrow. Reading and writing
 * block, and nothing here starts a thread unless a {@link io.lightstream.transport.Server} is asked to serve; a slow
 * reader slows the writer at the other end.
 */
@NullMarked
package io.lightstream.transport;

import org.jspecify.annotations.NullMarked;
