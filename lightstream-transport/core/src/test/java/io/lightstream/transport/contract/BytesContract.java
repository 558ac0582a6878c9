package io.lightstream.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.transport.Server;
import io.lightstream.transport.spi.ConnectionClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a connection does with bytes. */
interface BytesContract extends UsesFixture {
    @Test
    default void bytesMoveInBothDirectionsAtOnce() throws Exception {
        Peers peers = fixture().peers();
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
    default void severalBuffersMoveByOneCall() throws Exception {
        Peers peers = fixture().peers();
        ByteBuffer[] out = {Bytes.random(100, 1), ByteBuffer.allocateDirect(0), Bytes.random(70_000, 2)};
        Future<?> sent = fixture().run(() -> {
            while (out[2].hasRemaining()) {
                peers.near().output().write(out);
            }
        });
        ByteBuffer[] in = {ByteBuffer.allocateDirect(60), ByteBuffer.allocateDirect(70_040)};
        while (in[1].hasRemaining()) {
            assertThat(peers.far().input().read(in)).isPositive();
        }
        sent.get();
        assertThat(in[0].flip()).isEqualTo(Bytes.random(100, 1).limit(60));
        assertThat(in[1].flip().slice(40, 70_000)).isEqualTo(Bytes.random(70_000, 2));
    }

    @Test
    default void endingOneDirectionLeavesTheOther() throws Exception {
        Peers peers = fixture().peers();
        ByteBuffer question = Bytes.random(1_000, 1);
        ByteBuffer answer = Bytes.random(100_000, 2);
        Bytes.writeAll(peers.near().output(), question);
        peers.near().shutdownOutput();
        peers.near().shutdownOutput();
        assertThat(Bytes.read(peers.far().input(), 2_000)).isEqualTo(question);

        Bytes.writeAll(peers.far().output(), answer);
        peers.far().shutdownOutput();
        assertThat(Bytes.read(peers.near().input(), 200_000)).isEqualTo(answer);
        assertThat(peers.near().isOpen()).isTrue();
    }

    @Test
    default void closingAtTheOtherEndIsTheEnd() throws Exception {
        Peers peers = fixture().peers();
        Bytes.writeAll(peers.far().output(), Bytes.random(10, 1));
        peers.far().close();
        assertThat(Bytes.drain(peers.near().input())).isEqualTo(10);
    }

    @Test
    default void aPeerThatGoesAwayWithBytesUnreadIsAnErrorThatNamesIt() throws Exception {
        Peers peers = fixture().peers();
        Bytes.writeAll(peers.near().output(), Bytes.random(10_000, 1));
        assertThat(Bytes.read(peers.far().input(), 1).remaining()).isEqualTo(1);
        peers.far().close();
        assertThatThrownBy(() -> Bytes.flood(peers.near().output()))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(ConnectionClosedException.class)
                .hasMessageStartingWith("[" + peers.near().name() + "] write: expected ");
    }

    @Test
    default void closingWakesTheReader() throws Exception {
        Peers peers = fixture().peers();
        Future<?> read =
                Threads.blocked(fixture(), () -> Bytes.read(peers.near().input(), 1));
        peers.near().close();
        assertThatThrownBy(read::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(ConnectionClosedException.class)
                .hasMessageStartingWith("[" + peers.near().name() + "] read: ");
    }

    @Test
    default void closingWakesTheWriter() throws Exception {
        Peers peers = fixture().peers();
        Future<?> written =
                Threads.blocked(fixture(), () -> Bytes.flood(peers.near().output()));
        peers.near().close();
        assertThatThrownBy(written::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(ConnectionClosedException.class)
                .hasMessageStartingWith("[" + peers.near().name() + "] write: ");
    }

    @Test
    default void aClosedConnectionSaysSo() throws Exception {
        Peers peers = fixture().peers();
        peers.near().close();
        peers.near().close();
        assertThat(peers.near().isOpen()).isFalse();
        assertThatThrownBy(() -> Bytes.read(peers.near().input(), 1)).isInstanceOf(ConnectionClosedException.class);
        assertThatThrownBy(() -> Bytes.writeAll(peers.near().output(), Bytes.random(1, 1)))
                .isInstanceOf(ConnectionClosedException.class);
        assertThatThrownBy(() -> peers.near().shutdownOutput()).isInstanceOf(ConnectionClosedException.class);
    }

    @Test
    default void anInterruptWakesTheReader() throws Exception {
        Peers peers = fixture().peers();
        CompletableFuture<Thread> reader = new CompletableFuture<>();
        Future<Boolean> interrupted = Threads.blockedCall(fixture(), () -> {
            reader.complete(Thread.currentThread());
            assertThatThrownBy(() -> Bytes.read(peers.near().input(), 1)).isInstanceOf(ConnectionClosedException.class);
            return Thread.interrupted();
        });
        reader.get().interrupt();
        assertThat(interrupted.get()).isTrue();
        assertThat(Bytes.drain(peers.far().input())).isZero();
    }

    @Test
    default void nobodyThereIsAnErrorThatNamesTheAddress() throws Exception {
        Server server = fixture().listen();
        server.close();
        assertThatThrownBy(() -> fixture().connect(server))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("[" + server.uri() + "] connect: expected a peer that listens, found ");
    }

    @Test
    default void anOptionThatDoesNotExistIsRefused() throws Exception {
        Server server = fixture().listen();
        assertThatThrownBy(() -> fixture().connect(server, "readTimeuot=5s"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("[" + server.uri() + "] option: expected one of [")
                .hasMessageContaining("readTimeout")
                .hasMessageEndingWith("found 'readTimeuot'");
    }
}
