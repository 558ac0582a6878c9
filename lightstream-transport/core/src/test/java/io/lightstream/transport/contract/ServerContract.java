package io.lightstream.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lightstream.transport.Connection;
import io.lightstream.transport.Lightstream;
import io.lightstream.transport.Server;
import io.lightstream.transport.ServerOptions;
import io.lightstream.transport.spi.ConnectionClosedException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a server does with its connections. */
interface ServerContract extends UsesFixture {
    @Test
    default void manyPeersAreServedAtOnce() throws Exception {
        Server server = fixture().listen();
        CountDownLatch allThere = new CountDownLatch(8);
        List<Future<?>> answers = new ArrayList<>();
        Future<?> serving = fixture()
                .run(() -> server.serve(connection -> {
                    allThere.countDown();
                    allThere.await();
                    Bytes.writeAll(connection.output(), Bytes.read(connection.input(), 1_000));
                }));
        for (int i = 0; i < 8; i++) {
            Connection connection = fixture().connect(server);
            Bytes.writeAll(connection.output(), Bytes.random(1_000, i));
            connection.shutdownOutput();
            ByteBuffer expected = Bytes.random(1_000, i);
            answers.add(fixture()
                    .run(() -> assertThat(Bytes.read(connection.input(), 2_000)).isEqualTo(expected)));
        }
        for (Future<?> answer : answers) {
            answer.get();
        }
        await().until(() -> server.connectionCount() == 0);
        server.close();
        serving.get();
        assertThat(fixture().reported()).isEmpty();
    }

    @Test
    default void whatAHandlerThrowsIsReportedAndEndsThatConnectionOnly() throws Exception {
        Server server = fixture().listen();
        AtomicBoolean first = new AtomicBoolean(true);
        Future<?> serving = fixture()
                .run(() -> server.serve(connection -> {
                    if (first.getAndSet(false)) {
                        throw new IllegalStateException("no good");
                    }
                    Bytes.writeAll(connection.output(), Bytes.random(7, 1));
                }));
        assertThat(Bytes.drain(fixture().connect(server).input())).isZero();
        assertThat(Bytes.drain(fixture().connect(server).input())).isEqualTo(7);
        server.close();
        serving.get();
        assertThat(fixture().reported()).singleElement().asString().endsWith(": no good");
    }

    @Test
    default void aHandlerThatGetsNoThreadIsReportedAndEndsThatConnectionOnly() throws Exception {
        List<Throwable> failures = List.of(
                new OutOfMemoryError("unable to create native thread"),
                new RejectedExecutionException("full"),
                new IllegalStateException("no executor"));
        Iterator<Throwable> next = failures.iterator();
        Executor executor = task -> {
            if (next.hasNext()) {
                throw sneaky(next.next());
            }
            Future<?> unused = fixture().run(task::run);
        };
        Server server = fixture().listen(ServerOptions.defaults().withExecutor(executor));
        Future<?> serving = fixture()
                .run(() -> server.serve(connection -> Bytes.writeAll(connection.output(), Bytes.random(7, 1))));
        for (int i = 0; i < failures.size(); i++) {
            assertThat(Bytes.drain(fixture().connect(server).input())).isZero();
        }
        assertThat(Bytes.drain(fixture().connect(server).input())).isEqualTo(7);
        server.close();
        serving.get();
        assertThat(fixture().reported())
                .satisfiesExactly(
                        first -> assertThat(first).endsWith(": unable to create native thread"),
                        second -> assertThat(second).endsWith(": full"),
                        third -> assertThat(third).endsWith(": no executor"));
    }

    private static RuntimeException sneaky(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }

    @Test
    default void closingEndsOpenConnectionsAndWaitsForTheirHandlers() throws Exception {
        Server server = fixture().listen();
        AtomicInteger ended = new AtomicInteger();
        Future<?> serving = fixture()
                .run(() -> server.serve(connection -> {
                    try {
                        Bytes.drain(connection.input());
                    } finally {
                        ended.incrementAndGet();
                    }
                }));
        Connection one = fixture().connect(server);
        Connection two = fixture().connect(server);
        await().until(() -> server.connectionCount() == 2);
        server.close();
        assertThat(ended).hasValue(2);
        assertThat(server.connectionCount()).isZero();
        serving.get();
        assertThat(Bytes.drain(one.input()) + Bytes.drain(two.input())).isZero();
        assertThat(fixture().reported()).as("closing is no failure").isEmpty();
    }

    @Test
    default void aHandlerMayCloseTheServer() throws Exception {
        Server server = fixture().listen();
        Future<?> serving = fixture().run(() -> server.serve(connection -> server.close()));
        Connection connection = fixture().connect(server);
        serving.get();
        assertThat(Bytes.drain(connection.input())).isZero();
    }

    @Test
    default void severalHandlersMayCloseTheServer() throws Exception {
        Server server = fixture().listen();
        CyclicBarrier allThere = new CyclicBarrier(3);
        Future<?> serving = fixture()
                .run(() -> server.serve(connection -> {
                    allThere.await();
                    server.close();
                }));
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            connections.add(fixture().connect(server));
        }
        serving.get();
        server.close();
        assertThat(server.connectionCount()).isZero();
        for (Connection connection : connections) {
            assertThat(Bytes.drain(connection.input())).isZero();
        }
        assertThat(fixture().reported()).isEmpty();
    }

    @Test
    default void closingInterruptsAHandlerThatWaitsForSomethingElse() throws Exception {
        Server server = fixture().listen();
        CountDownLatch waiting = new CountDownLatch(1);
        Future<?> serving = fixture()
                .run(() -> server.serve(connection -> {
                    waiting.countDown();
                    new LinkedBlockingQueue<>().take();
                }));
        Connection connection = fixture().connect(server);
        waiting.await();
        server.close();
        serving.get();
        assertThat(Bytes.drain(connection.input())).isZero();
        assertThat(fixture().reported()).as("closing is no failure").isEmpty();
    }

    @Test
    default void theInterruptOfAHandlerEndsWithIt() throws Exception {
        BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        Server server = fixture().listen(ServerOptions.defaults().withExecutor(tasks::add));
        CountDownLatch waiting = new CountDownLatch(1);
        Future<?> serving = fixture()
                .run(() -> server.serve(connection -> {
                    waiting.countDown();
                    Thread.currentThread().join();
                }));
        Connection connection = fixture().connect(server);
        Future<Boolean> interruptedAfterwards = fixture().async(() -> {
            tasks.take().run();
            return Thread.interrupted();
        });
        waiting.await();
        server.close();
        assertThat(interruptedAfterwards.get()).isFalse();
        serving.get();
        assertThat(Bytes.drain(connection.input())).isZero();
    }

    @Test
    default void shuttingDownLetsPeersEnd() throws Exception {
        for (Duration grace : List.of(Duration.ofSeconds(30), ChronoUnit.FOREVER.getDuration())) {
            shutDown(fixture().listen(), grace);
        }
    }

    private void shutDown(Server server, Duration grace) throws Exception {
        Future<?> serving = fixture()
                .run(() -> server.serve(connection -> {
                    Bytes.drain(connection.input());
                    Bytes.writeAll(connection.output(), Bytes.random(9, 1));
                }));
        Connection connection = fixture().connect(server);
        await().until(() -> server.connectionCount() == 1);
        Future<?> shutdown = Threads.blocked(fixture(), () -> server.shutdown(grace));
        serving.get();
        assertThatThrownBy(server::accept).isInstanceOf(ConnectionClosedException.class);
        connection.shutdownOutput();
        assertThat(Bytes.drain(connection.input())).isEqualTo(9);
        shutdown.get();
        assertThat(fixture().reported()).isEmpty();
    }

    @Test
    default void shuttingDownDoesNotWaitForEver() throws Exception {
        Server server = fixture().listen();
        Future<?> serving = fixture().run(() -> server.serve(connection -> Bytes.drain(connection.input())));
        Connection connection = fixture().connect(server);
        await().until(() -> server.connectionCount() == 1);
        server.shutdown(Duration.ofMillis(20));
        serving.get();
        assertThat(Bytes.drain(connection.input())).isZero();
    }

    @Test
    default void closingWakesAccept() throws Exception {
        Server server = fixture().listen();
        Future<?> accepted = Threads.blocked(fixture(), server::accept);
        server.close();
        assertThatThrownBy(accepted::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(ConnectionClosedException.class)
                .hasMessageStartingWith("[" + server.uri() + "] accept: ");
    }

    @Test
    default void anInterruptEndsServingWithAnError() throws Exception {
        Server server = fixture().listen();
        CompletableFuture<Thread> serving = new CompletableFuture<>();
        Future<Boolean> interrupted = Threads.blockedCall(fixture(), () -> {
            serving.complete(Thread.currentThread());
            assertThatThrownBy(() -> server.serve(connection -> {}))
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessage("[" + server.uri() + "] accept: expected a peer, found an interrupt");
            return Thread.interrupted();
        });
        serving.get().interrupt();
        assertThat(interrupted.get()).as("the thread stays interrupted").isTrue();
        server.close();
        assertThatThrownBy(() -> fixture().connect(server)).isInstanceOf(ConnectException.class);
        assertThat(fixture().reported()).isEmpty();
    }

    @Test
    default void anInterruptWhileAllPlacesAreTakenEndsServingWithAnError() throws Exception {
        Server server = fixture().listen("maxConnections=1");
        Connection near = fixture().connect(server);
        Connection far = server.accept();
        CompletableFuture<Thread> serving = new CompletableFuture<>();
        Future<Boolean> interrupted = Threads.blockedCall(fixture(), () -> {
            serving.complete(Thread.currentThread());
            assertThatThrownBy(() -> server.serve(connection -> {}))
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessage("[" + server.uri() + "] accept: expected a peer, found an interrupt");
            return Thread.interrupted();
        });
        serving.get().interrupt();
        assertThat(interrupted.get()).isTrue();
        near.close();
        far.close();
    }

    @Test
    default void morePeersThanAllowedWait() throws Exception {
        Server server = fixture().listen("maxConnections=1");
        Connection one = fixture().connect(server);
        Connection two = fixture().connect(server);
        Connection accepted = server.accept();
        Future<Connection> next = Threads.blockedCall(fixture(), server::accept);
        assertThat(next).isNotDone();
        accepted.close();
        Connection second = next.get();
        Bytes.writeAll(second.output(), Bytes.random(3, 1));
        second.close();
        assertThat(Bytes.drain(one.input())).isZero();
        assertThat(Bytes.drain(two.input())).isEqualTo(3);
    }

    @Test
    default void anAddressInUseIsAnErrorThatNamesIt() throws Exception {
        Server server = fixture().listen();
        assertThatThrownBy(() -> Lightstream.listen(server.uri(), fixture().memory()))
                .isInstanceOf(BindException.class)
                .hasMessageStartingWith("[" + server.uri() + "] listen: expected ");
    }
}
