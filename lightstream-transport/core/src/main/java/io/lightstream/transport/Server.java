package io.lightstream.transport;

import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.spi.ConnectionClosedException;
import io.lightstream.transport.spi.Link;
import io.lightstream.transport.spi.Listener;
import io.lightstream.transport.spi.TransportErrors;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * Takes in peers: one by one with {@link #accept()}, or all of them with {@link #serve}.
 *
 * <pre>{@code
 * try (var server = Lightstream.listen("tcp://0.0.0.0:9000", memory)) {
 *     server.serve(connection -> { ... });
 * }
 * }</pre>
 *
 * <p>Peers that are not accepted wait in the system's backlog, and peers that nobody reads from are slowed by the
 * system's buffers; the server holds nothing for them.
 *
 * <p>Safe for use by several threads.
 */
public final class Server implements Closeable {
    /** After a peer could not be accepted or served, most often for want of file descriptors or threads. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

    /** Handlers that read or write find the connection broken at once; what they have to finish then is not to be cut short. */
    private static final Duration BEFORE_INTERRUPT = Duration.ofSeconds(1);

    private final Listener listener;
    private final LightstreamMemory memory;
    private final ServerOptions options;
    private final OpenConnections open;

    Server(Listener listener, LightstreamMemory memory, ServerOptions options, int maxConnections) {
        this.listener = listener;
        this.memory = memory;
        this.options = options;
        this.open = new OpenConnections(maxConnections);
    }

    /** URI that a peer on this machine connects to, with the actual port where 0 was asked for. */
    public String uri() {
        return listener.uri();
    }

    /** The address that is listened on. */
    public SocketAddress address() {
        return listener.address();
    }

    /** How many connections are open now. */
    public int connectionCount() {
        return open.count();
    }

    /**
     * Waits for one peer.
     *
     * @return a connection that the caller closes; closing the server only makes its reading and writing fail
     * @throws ConnectionClosedException where the server is closed, before or meanwhile
     * @throws InterruptedIOException where the thread is interrupted; it stays so, and most often nobody listens any more
     * @throws IOException where this peer could not be taken in; another one may
     */
    public Connection accept() throws IOException {
        reserve();
        Link link;
        try {
            link = listener.accept();
        } catch (IOException | RuntimeException | Error e) {
            open.unreserve();
            throw e;
        }
        Connection connection = new Connection(link, memory, open::remove);
        if (!open.add(connection)) {
            link.close();
            throw closed();
        }
        return connection;
    }

    /**
     * Accepts peers on this thread and runs {@code handler} for each on the executor of the options, until the server is
     * closed.
     *
     * <p>What a handler throws goes to the error listener and ends that connection only; but not that the server was
     * closed while it was reading, writing or waiting. The same where the executor does not run the handler; the next peer is accepted
     * a moment later then.
     *
     * @throws InterruptedIOException where the thread is interrupted; it stays so, and the server is still to be closed
     */
    public void serve(ConnectionHandler handler) throws IOException {
        while (!open.isClosed()) {
            Connection connection;
            try {
                connection = accept();
            } catch (IOException e) {
                if (isInterrupt(e)) {
                    throw e;
                }
                if (open.isClosed() || !listener.isOpen()) {
                    return;
                }
                options.errorListener().failed(uri(), e);
                pause();
                continue;
            }
            dispatch(connection, handler);
        }
    }

    /**
     * Accepts no more peers, gives those that are connected {@code grace} to end, and closes.
     *
     * @throws IOException where closing fails
     */
    public void shutdown(Duration grace) throws IOException {
        listener.close();
        try {
            open.awaitEmpty(grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /**
     * Accepts no more peers, breaks all connections and waits for their handlers to return, which they do with a {@link
     * ConnectionClosedException} where they read or write. Who has not returned after a second, because it waits for something
     * else, is interrupted. Handlers may call this themselves; they do not wait for their own
     * end, nor for each other's. An interrupt ends the waiting. Idempotent.
     */
    @Override
    public void close() throws IOException {
        open.close();
        try {
            listener.close();
        } finally {
            try {
                open.abortConnections();
            } finally {
                awaitHandlers();
            }
        }
    }

    private void awaitHandlers() {
        try {
            if (!open.awaitHandlers(BEFORE_INTERRUPT)) {
                open.interruptHandlers();
                open.awaitHandlers(ChronoUnit.FOREVER.getDuration());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void dispatch(Connection connection, ConnectionHandler handler) throws IOException {
        open.handlerQueued(connection);
        try {
            options.executor().execute(() -> handle(connection, handler));
        } catch (RuntimeException | Error e) { // such as OutOfMemoryError, where the system has no more threads
            open.handlerDone(connection);
            Closeables.closeAfter(e, connection);
            options.errorListener().failed(connection.name(), e);
            pause();
        }
    }

    private void handle(Connection connection, ConnectionHandler handler) {
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        thread.setName("lightstream " + connection.name());
        open.handlerStarted(connection);
        try (connection) {
            handler.handle(connection);
        } catch (Throwable e) { // an Error of one connection must not go unheard either
            report(connection, e);
        } finally {
            if (open.handlerDone(connection)) {
                boolean unused = Thread.interrupted(); // meant the handler, not what its executor runs next
            }
            thread.setName(name);
        }
    }

    private void report(Connection connection, Throwable error) {
        if (error instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (!(open.isClosed() && isOfClosing(error))) {
            options.errorListener().failed(connection.name(), error);
        }
    }

    /** A time-out is an {@link InterruptedIOException} as well. */
    private static boolean isInterrupt(Throwable error) {
        return error instanceof InterruptedIOException && !(error instanceof SocketTimeoutException);
    }

    private static boolean isOfClosing(Throwable error) {
        for (Throwable e = error; e != null; e = e.getCause()) {
            if (e instanceof ConnectionClosedException
                    || e instanceof InterruptedException
                    || e instanceof ClosedByInterruptException
                    || isInterrupt(e)) {
                return true;
            }
        }
        return false;
    }

    private void reserve() throws IOException {
        try {
            if (!open.reserve()) {
                throw closed();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void pause() throws IOException {
        try {
            open.awaitChange(PAUSE_AFTER_FAILURE);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private IOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return TransportErrors.acceptInterrupted(uri(), cause);
    }

    private ConnectionClosedException closed() {
        return new ConnectionClosedException(uri(), "accept", null);
    }
}
