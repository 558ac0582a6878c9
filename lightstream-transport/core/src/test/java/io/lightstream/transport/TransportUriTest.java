package io.lightstream.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportUriTest {
    @Test
    void allParts() {
        assertThat(TransportUri.parse("WS://my_host:80/a%20b/c?x=1&y=a%26b&flag&z=1+2"))
                .contains(new TransportUri(
                        "ws", "my_host:80", "/a b/c", Map.of("x", "1", "y", "a&b", "flag", "true", "z", "1+2")));
    }

    @Test
    void noAuthority() {
        assertThat(TransportUri.parse("unix:///tmp/a b")).contains(new TransportUri("unix", "", "/tmp/a b", Map.of()));
        assertThat(TransportUri.parse("unix:rel/ative?x=1"))
                .contains(new TransportUri("unix", "", "rel/ative", Map.of("x", "1")));
        assertThat(TransportUri.parse("stdio:")).contains(new TransportUri("stdio", "", "", Map.of()));
    }

    @Test
    void anAddressOfIpv6() {
        assertThat(TransportUri.parse("tcp://[::1]:9000"))
                .contains(new TransportUri("tcp", "[::1]:9000", "", Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "file.arrow", "/tmp/x:y", "C:\\data\\x.arrow", "c:/x", "1a:b", "./tcp:x"})
    void paths(String path) {
        assertThat(TransportUri.parse(path)).isEmpty();
    }

    @Test
    void aSchemeThatNobodyKnowsIsThatOfAPath() {
        for (String uri : new String[] {"tcp:h:1", "TCP:h:1", "other://h", "file:/tmp/x"}) {
            assertThat(TransportUri.isUri(uri, List.of("tcp", "file")::contains))
                    .as(uri)
                    .isTrue();
        }
        for (String path : new String[] {"other:h", "x:y://z", "50%:x", "/a://b", "C:\\x", "-", ""}) {
            assertThat(TransportUri.isUri(path, List.of("tcp", "file")::contains))
                    .as(path)
                    .isFalse();
        }
    }

    @Test
    void mistakes() {
        assertThatThrownBy(() -> TransportUri.parse("tcp://h:1?a=1&a=2"))
                .hasMessage("option: expected 'a' once, found it again");
        for (String bad : new String[] {"unix:/a%", "unix:/a%2", "unix:/%zz", "unix:/%4"}) {
            assertThatThrownBy(() -> TransportUri.parse(bad))
                    .hasMessageContaining("two hexadecimal digits after each %");
        }
    }
}
