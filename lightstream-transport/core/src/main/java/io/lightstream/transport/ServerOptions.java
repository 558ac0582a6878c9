package io.lightstream.transport;

import java.util.concurrent.Executor;

/**
 * How a {@link Server} runs. Immutable; start from {@link #defaults()}.
 *
 * @param transport how to listen
 * @param executor runs the handler of each connection; it must run as many at a time as there may be connections. By
 *     default each has a thread of its own: a virtual one on Java 21 and later, else a daemon, named after the connection
 * @param errorListener is told what handlers throw; by default it is logged as a warning by {@link System.Logger}
 */
public record ServerOptions(TransportOptions transport, Executor executor, ServerErrorListener errorListener) {
    private static final System.Logger LOGGER = System.getLogger(Server.class.getName());
    private static final ServerOptions DEFAULTS =
            new ServerOptions(TransportOptions.defaults(), ConnectionThreads.executor(), ServerOptions::log);

    /** A thread for each connection, errors to the log. */
    public static ServerOptions defaults() {
        return DEFAULTS;
    }

    /** These options with another way to listen. */
    public ServerOptions withTransport(TransportOptions options) {
        return new ServerOptions(options, executor, errorListener);
    }

    /** These options with other threads for the handlers. The caller shuts the executor down, after the server. */
    public ServerOptions withExecutor(Executor handlers) {
        return new ServerOptions(transport, handlers, errorListener);
    }

    /** These options with somebody else who is told what handlers throw. */
    public ServerOptions withErrorListener(ServerErrorListener listener) {
        return new ServerOptions(transport, executor, listener);
    }

    private static void log(String source, Throwable error) {
        LOGGER.log(System.Logger.Level.WARNING, () -> "[" + source + "] the connection failed", error);
    }
}
