package io.lightstream.transport;

/** What a {@link Server} does with each connection. Called by several threads at a time, once for each connection. */
@FunctionalInterface
public interface ConnectionHandler {
    /**
     * Talks to one peer. The server closes the connection when this method returns or throws.
     *
     * <p>When the server is closed, reading and writing throw {@link
     * io.lightstream.transport.spi.ConnectionClosedException}, and closing waits for this method to return. A handler that is still
     * there a second later is interrupted, so one that waits for something else, such as a queue, should end then.
     *
     * @param connection belongs to the handler during the call
     * @throws Exception is told to the server's error listener, see {@link ServerOptions#withErrorListener}
     */
    void handle(Connection connection) throws Exception;
}
