package io.lightstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocationTest {
    @TempDir
    Path folder;

    @Test
    void everyKind() {
        assertThat(Location.of("-")).isEqualTo(new Location.Standard());
        assertThat(Location.of("Stdio:")).isEqualTo(new Location.Standard());
        assertThat(Location.of("trips:12")).isEqualTo(new Location.Made(12));
        assertThat(Location.of("trips:twelve")).isEqualTo(new Location.File(Path.of("trips:twelve")));
        assertThat(Location.of("tcp://host:1")).isEqualTo(new Location.Peer("tcp://host:1"));
    }

    @Test
    void anEmptyNameIsNone() throws IOException {
        Path table = Tables.write(folder.resolve("table.arrow"), 1, 10);
        String expected = "lightstream: '': expected a path or URI, found an empty name";
        Run.of("cat", "").failed(ExitCode.USAGE, expected);
        Run.of("convert", table, "").failed(ExitCode.USAGE, expected);
        Run.of("seal", "", table).failed(ExitCode.USAGE, expected);
    }

    @Test
    void filesAndPeersAreThoseOfTheLibrary() {
        assertThat(Location.of("file:///tmp/a%20b.arrow")).isEqualTo(new Location.File(Path.of("/tmp/a b.arrow")));
        assertThat(Location.of("file://localhost/tmp/x")).isEqualTo(new Location.File(Path.of("/tmp/x")));
        assertThat(Location.of("a%20b.arrow")).isEqualTo(new Location.File(Path.of("a%20b.arrow")));
        for (String peer : new String[] {"unix:/tmp/s", "unix:rel", "tcp:localhost:9000"}) {
            assertThat(Location.of(peer)).isEqualTo(new Location.Peer(peer));
        }
    }

    @Test
    void whatIsNeitherIsAMistakeOfTheUser() {
        for (String wrong : new String[] {"file://far/tmp/x", "file:///tmp/x?y", "unix:/a%zz", "a\0b"}) {
            assertThatThrownBy(() -> Location.of(wrong)).isInstanceOf(UsageException.class);
        }
        Run.of("cat", "tcp:localhost:9000").failed(ExitCode.USAGE, "[tcp:localhost:9000] address: expected");
    }
}
