package io.lightstream.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.tcp.TcpTransport;
import io.lightstream.transport.unix.UnixTransport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportsTest {
    @Test
    void theOnesThatComeWithTheArtifactAreFound() {
        for (String scheme : List.of("tcp", "unix", "stdio")) {
            assertThat(Transports.load().of(scheme).schemes()).contains(scheme);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "quic, lightstream-transport-quic",
        "ws, lightstream-transport-web",
        "https, lightstream-transport-web",
        "tls, lightstream-transport-netty",
        "shm, lightstream-transport-shm"
    })
    void aMissingOneNamesTheArtifact(String scheme, String artifact) {
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            assertThatThrownBy(() -> Lightstream.connect(scheme + "://host:1", memory))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("transport '" + scheme + "': expected one of [stdio, tcp, unix]; it is served by the"
                            + " artifact io.lightstream:" + artifact + ", which is not on the class path");
        }
    }

    @Test
    void oneThatNobodyKnowsNamesThoseThereAre() {
        assertThatThrownBy(() -> Transports.load().of("gopher"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("transport 'gopher': expected one of [stdio, tcp, unix]");
    }

    @Test
    void twoForOneSchemeAreAnError() {
        Transports two = Transports.of(List.of(new TcpTransport(), new UnixTransport(), new TcpTransport()));
        assertThat(two.of("unix")).isInstanceOf(UnixTransport.class);
        assertThatThrownBy(() -> two.of("tcp"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(TcpTransport.class.getName())
                .hasMessageContaining("remove the artifact of one");
    }
}
