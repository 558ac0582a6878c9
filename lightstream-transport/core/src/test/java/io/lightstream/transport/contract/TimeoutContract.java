package io.lightstream.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.transport.Connection;
import io.lightstream.transport.Server;
import io.lightstream.transport.spi.ConnectionClosedException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How long a connection waits; and that it does all else as without time-outs. */
interface TimeoutContract extends UsesFixture {
    /** What a transport may buffer between a writer and a reader that does not read. */
    long MAX_BUFFERED_BYTES = 64L << 20;

    /** The system takes peers in for a listener until its backlog is full. */
    @Test
    default void aListenerThatTakesNobodyInIsATimeout() throws Exception {
        Server server = fixture().listen("backlog=1");
        assertThatThrownBy(() -> {
                    while (true) {
                        fixture().connect(server, "connectTimeout=200ms");
                    }
                })
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("[" + server.uri() + "] connect: expected an answer within 200 ms, found none");
    }

    @Test
    default void aListenerThatTakesAPeerInLateIsNone() throws Exception {
        Server server = fixture().listen("backlog=1");
        assertThatThrownBy(() -> {
                    while (true) {
                        fixture().connect(server, "connectTimeout=200ms");
                    }
                })
                .isInstanceOf(SocketTimeoutException.class);
        Future<Connection> late = Threads.blockedCall(
                fixture(), () -> fixture().connect(server, "connectTimeout=50s", "readTimeout=50s"));
        Future<?> serving = fixture()
                .run(() -> server.serve(connection -> {
                    Bytes.writeAll(connection.output(), Bytes.random(7, 1));
                }));
        assertThat(Bytes.drain(late.get().input())).isEqualTo(7);
        server.close();
        serving.get();
    }

    @Test
    default void aSilentPeerIsATimeout() throws Exception {
        Peers peers = fixture().peers("readTimeout=50ms");
        assertThatThrownBy(() -> Bytes.read(peers.near().input(), 1))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("[" + peers.near().name() + "] read: expected bytes within 50 ms, found none");
    }

    @Test
    default void aPeerThatSendsEnoughIsNone() throws Exception {
        Peers peers = fixture().peers("readTimeout=30s", "writeTimeout=30s", "idleTimeout=30s");
        ByteBuffer there = Bytes.random(5_000_000, 1);
        ByteBuffer back = Bytes.random(3_000_000, 2);
        Future<?> sentThere = fixture().run(() -> Bytes.writeAll(peers.near().output(), there));
        Future<?> sentBack = fixture().run(() -> Bytes.writeAll(peers.far().output(), back));
        Future<ByteBuffer> received =
                fixture().async(() -> Bytes.read(peers.far().input(), there.remaining()));
        assertThat(Bytes.read(peers.near().input(), back.remaining())).isEqualTo(back);
        assertThat(received.get()).isEqualTo(there);
        sentThere.get();
        sentBack.get();
    }

    @Test
    default void aSlowReaderHoldsTheWriterBack() throws Exception {
        Peers peers = fixture().peers("writeTimeout=200ms");
        long[] taken = new long[1];
        ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 16);
        assertThatThrownBy(() -> {
                    while (taken[0] <= MAX_BUFFERED_BYTES) {
                        taken[0] += peers.near().output().write(bytes.clear());
                    }
                })
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("[" + peers.near().name() + "] write: expected room for bytes within 200 ms, found none");
        peers.near().shutdownOutput();
        assertThat(Bytes.drain(peers.far().input())).isEqualTo(taken[0]);
    }

    @Test
    default void nothingInEitherDirectionIsIdle() throws Exception {
        Peers peers = fixture().peers("idleTimeout=100ms");
        assertThatThrownBy(() -> Bytes.read(peers.near().input(), 1))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("[" + peers.near().name()
                        + "] idle: expected bytes in either direction within 100 ms, found none");
    }

    /** Nothing is idle before somebody waits. */
    @Test
    default void whoWasBusyForLongStillWaits() throws Exception {
        Peers peers = fixture().peers("idleTimeout=300ms");
        Thread.sleep(400);
        Duration[] waited = new Duration[1];
        assertThatThrownBy(() -> {
                    long start = System.nanoTime();
                    try {
                        Bytes.read(peers.near().input(), 1);
                    } finally {
                        waited[0] = Duration.ofNanos(System.nanoTime() - start);
                    }
                })
                .isInstanceOf(SocketTimeoutException.class);
        assertThat(waited[0]).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    /** A machine that stands still for the time-out breaks off one attempt, a reader that looks at its own direction only all. */
    @Test
    default void aReaderWaitsWhileTheOtherDirectionMoves() throws Exception {
        boolean outlasted = false;
        while (!outlasted) {
            Peers peers = fixture().peers("idleTimeout=300ms");
            Future<?> read = fixture().run(() -> Bytes.read(peers.near().input(), 1));
            Future<?> drained = fixture().run(() -> Bytes.drain(peers.far().input()));
            outlasted = outlasts(read, Duration.ofMillis(900), peers);
            assertThatThrownBy(read::get).cause().isInstanceOf(SocketTimeoutException.class);
            peers.near().close();
            drained.get();
        }
    }

    /** Whether {@code read} is not done while bytes move in the other direction for {@code time}. */
    private static boolean outlasts(Future<?> read, Duration time, Peers peers) throws IOException {
        long start = System.nanoTime();
        while (!read.isDone() && System.nanoTime() - start < time.toNanos()) {
            Bytes.writeAll(peers.near().output(), Bytes.random(1, 1));
        }
        return !read.isDone();
    }

    @Test
    default void closingWakesAReaderWithTimeouts() throws Exception {
        Peers peers = fixture().peers("readTimeout=50s");
        Future<?> read =
                Threads.blocked(fixture(), () -> Bytes.read(peers.near().input(), 1));
        peers.near().close();
        assertThatThrownBy(read::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(ConnectionClosedException.class);
        assertThat(Bytes.drain(peers.far().input())).isZero();
    }

    @Test
    default void closingWakesAWriterWithTimeouts() throws Exception {
        Peers peers = fixture().peers("writeTimeout=50s");
        Future<?> written =
                Threads.blocked(fixture(), () -> Bytes.flood(peers.near().output()));
        peers.near().close();
        assertThatThrownBy(written::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(ConnectionClosedException.class);
    }

    @Test
    default void aTimeThatMakesNoSenseIsRefused() throws Exception {
        var server = fixture().listen();
        assertThatThrownBy(() -> fixture().connect(server, "readTimeout=5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[" + server.uri()
                        + "] option readTimeout: expected a time such as 500ms, 5s, 2m or 1h, found '5'");
    }
}
