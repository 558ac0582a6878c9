package io.lightstream.transport;

/** Is told what went wrong in a {@link Server} and concerns no caller. Called by several threads at a time. */
@FunctionalInterface
public interface ServerErrorListener {
    /**
     * Something went wrong; the server goes on.
     *
     * @param source name of the connection whose handler failed, or URI of the server that could not accept a peer
     * @param error what went wrong
     */
    void failed(String source, Throwable error);
}
