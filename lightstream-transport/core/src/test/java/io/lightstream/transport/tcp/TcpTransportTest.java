package io.lightstream.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Connection;
import io.lightstream.transport.Lightstream;
import io.lightstream.transport.Server;
import io.lightstream.transport.ServerOptions;
import io.lightstream.transport.TransportOptions;
import io.lightstream.transport.spi.CommonOptions;
import io.lightstream.transport.spi.Endpoint;
import io.lightstream.transport.spi.Link;
import io.lightstream.transport.spi.Listener;
import io.lightstream.transport.spi.Options;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TcpTransportTest {
    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void aResetIsAnErrorThatNamesThePeer() throws IOException {
        try (Server server = Lightstream.listen("tcp://127.0.0.1:0", memory);
                SocketChannel peer = SocketChannel.open(server.address());
                Connection connection = server.accept()) {
            peer.setOption(StandardSocketOptions.SO_LINGER, 0);
            peer.close();
            assertThatThrownBy(() -> connection.input().read(ByteBuffer.allocateDirect(1)))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "[" + connection.name() + "] read: expected bytes or their end, found connection reset");
            assertThat(connection.name()).startsWith("tcp://127.0.0.1:");
        }
    }

    @Test
    void anUnknownHostIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> Lightstream.connect("tcp://no_such_host.invalid:1", memory))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageStartingWith("[tcp://no_such_host.invalid:1] connect: expected a host name that is known");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://:0", "tcp://*:0", "tcp://0.0.0.0:0", "tcp://localhost:0"})
    void everyWayToNameThisMachine(String uri) throws IOException {
        try (Server server = Lightstream.listen(uri, memory);
                Connection near = Lightstream.connect(server.uri(), memory);
                Connection far = server.accept()) {
            assertThat(server.uri()).matches("tcp://(localhost|127.0.0.1|\\[.*]):[1-9][0-9]*");
            assertThat(near.isOpen() && far.isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://host",
                "tcp://host:",
                "tcp://host:x",
                "tcp://host:65536",
                "tcp://::1:80",
                "tcp:",
                "tcp://h:1/x"
            })
    void anAddressThatIsNoneIsRefused(String uri) {
        assertThatThrownBy(() -> Lightstream.connect(uri, memory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("[tcp:");
    }

    @Test
    void optionsMayComeFromTheProgram() throws IOException {
        TransportOptions options = TransportOptions.defaults()
                .sendBuffer(100_000)
                .receiveBuffer(100_000)
                .noDelay(false)
                .readPauses(false)
                .readTimeout(Duration.ofMillis(30));
        ServerOptions serverOptions =
                ServerOptions.defaults().withTransport(options.backlog(3).maxConnections(2));
        try (Server server = Lightstream.listen("tcp://127.0.0.1:0", memory, serverOptions);
                Connection near =
                        Lightstream.connect(server.uri(), memory, options.connectTimeout(Duration.ofSeconds(9)));
                Connection far = server.accept()) {
            for (Connection end : List.of(near, far)) {
                assertThatThrownBy(() -> end.input().read(ByteBuffer.allocateDirect(1)))
                        .isInstanceOf(SocketTimeoutException.class)
                        .hasMessageContaining("within 30 ms");
            }
        }
    }

    @Test
    void readersPauseUnlessToldNotTo() throws IOException {
        Options hasty = Options.none().with(CommonOptions.READ_PAUSES, false);
        var transport = new TcpTransport();
        try (Listener listener = transport.bind(new Endpoint("tcp", "127.0.0.1:0", "", hasty))) {
            String address = listener.uri().replaceFirst("tcp://", "");
            try (Link near = transport.connect(new Endpoint("tcp", address, "", Options.none()));
                    Link far = listener.accept()) {
                assertThat(near.readOptions().pauses()).isTrue();
                assertThat(far.readOptions().pauses()).isFalse();
            }
        }
    }

    @Test
    void theUriGoesBeforeTheProgram() throws IOException {
        TransportOptions options = TransportOptions.defaults().readTimeout(Duration.ofHours(1));
        try (Server server = Lightstream.listen("tcp://127.0.0.1:0", memory);
                Connection near = Lightstream.connect(server.uri() + "?readTimeout=20ms", memory, options);
                Connection far = server.accept()) {
            assertThatThrownBy(() -> near.input().read(ByteBuffer.allocateDirect(1)))
                    .hasMessageContaining("within 20 ms");
            assertThat(far.isOpen()).isTrue();
        }
    }

    @Test
    void anOptionOfAnotherTransportIsRefused() {
        TransportOptions options = TransportOptions.defaults().deleteOnClose(true);
        assertThatThrownBy(() -> Lightstream.connect("tcp://127.0.0.1:1", memory, options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("found 'deleteOnClose'");
    }
}
