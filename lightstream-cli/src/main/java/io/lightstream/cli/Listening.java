package io.lightstream.cli;

import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Lightstream;
import io.lightstream.transport.Server;
import io.lightstream.transport.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A server that says where it listens, and that Ctrl-C closes too: the file of a Unix socket is not left behind. */
final class Listening implements AutoCloseable {
    private final Server server;
    private final Thread closeOnExit;

    private Listening(Server server) {
        this.server = server;
        this.closeOnExit = new Thread(this::closeServer, "lightstream close");
    }

    /** Listens, and says so on standard error, with the actual port where 0 was asked for. */
    static Listening on(String uri, LightstreamMemory memory, Shell shell) throws IOException {
        Server server;
        try {
            server = Lightstream.listen(
                    uri,
                    memory,
                    ServerOptions.defaults()
                            .withErrorListener((source, failure) -> Failures.report(failure, shell.error())));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e);
        }
        Listening listening = new Listening(server);
        Runtime.getRuntime().addShutdownHook(listening.closeOnExit);
        shell.error().println("lightstream: listening on " + server.uri());
        return listening;
    }

    Server server() {
        return server;
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            Runtime.getRuntime().removeShutdownHook(closeOnExit);
        } catch (IllegalStateException e) {
            // The JVM is on its way out and runs the hook.
        }
    }

    private void closeServer() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
