package io.lightstream.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Connection;
import io.lightstream.transport.Lightstream;
import io.lightstream.transport.Server;
import io.lightstream.transport.ServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Servers, connections, threads and memory of one test, and the check that nothing of it is left. */
public final class TransportFixture implements AutoCloseable {
    private final Callable<String> listenUri;
    private final LightstreamMemory memory = LightstreamMemory.create();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final List<Server> servers = new ArrayList<>();
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final List<String> reported = new CopyOnWriteArrayList<>();

    TransportFixture(Callable<String> listenUri) {
        this.listenUri = listenUri;
    }

    LightstreamMemory memory() {
        return memory;
    }

    /** A server that reports to {@link #reported()}. */
    Server listen(String... options) throws Exception {
        return listen(ServerOptions.defaults(), options);
    }

    Server listen(ServerOptions serverOptions, String... options) throws Exception {
        ServerOptions reporting =
                serverOptions.withErrorListener((source, error) -> reported.add(source + ": " + error.getMessage()));
        Server server = Lightstream.listen(withOptions(listenUri.call(), options), memory, reporting);
        servers.add(server);
        return server;
    }

    /** What error listeners were told. */
    List<String> reported() {
        return reported;
    }

    Connection connect(Server server, String... options) throws Exception {
        Connection connection = Lightstream.connect(withOptions(server.uri(), options), memory);
        connections.add(connection);
        return connection;
    }

    /** Both ends of a connection; the options are those of the near end. */
    Peers peers(String... options) throws Exception {
        Server server = listen();
        Connection near = connect(server, options);
        Connection far = server.accept();
        connections.add(far);
        return new Peers(server, near, far);
    }

    /** Runs {@code task} on another thread. */
    <T> Future<T> async(Callable<T> task) {
        return executor.submit(task);
    }

    /** Runs {@code task} on another thread. */
    Future<?> run(Task task) {
        return async(() -> {
            task.run();
            return true;
        });
    }

    /** Something to do that may fail. */
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    @Override
    public void close() throws Exception {
        for (Connection connection : connections) {
            connection.close();
        }
        for (Server server : servers) {
            server.close();
            assertThat(server.connectionCount()).isZero();
        }
        executor.shutdown();
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS))
                .as("all threads of the test have ended")
                .isTrue();
        assertThat(memory.statistics().inUseBytes()).isZero();
        memory.close();
    }

    private static String withOptions(String uri, String... options) {
        return options.length == 0 ? uri : uri + "?" + String.join("&", options);
    }
}
