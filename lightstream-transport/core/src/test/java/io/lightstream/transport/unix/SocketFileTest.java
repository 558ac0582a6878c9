package io.lightstream.transport.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Lightstream;
import io.lightstream.transport.Server;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the file of a Unix domain socket. */
class SocketFileTest {
    private final LightstreamMemory memory = LightstreamMemory.create();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void closingDeletesTheFile() throws IOException {
        Path file = directory.resolve("s");
        try (Server server = Lightstream.listen("unix://" + file, memory)) {
            assertThat(server.uri()).isEqualTo("unix://" + file);
            assertThat(file).exists();
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void closingDeletesTheFileAfterAnInterruptToo() throws IOException {
        Path file = directory.resolve("s");
        try (Server server = Lightstream.listen("unix://" + file, memory)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> server.serve(connection -> {})).isInstanceOf(InterruptedIOException.class);
            Thread.currentThread().interrupt();
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).doesNotExist();
    }

    @Test
    void closingLeavesTheFileIfAskedTo() throws IOException {
        Path file = directory.resolve("s");
        Lightstream.listen("unix://" + file + "?deleteOnClose=false", memory).close();
        assertThat(file).exists();
    }

    @Test
    void aFileThatNobodyListensOnIsReplaced() throws IOException {
        Path file = directory.resolve("s");
        Lightstream.listen("unix://" + file + "?deleteOnClose=false", memory).close();
        try (Server server = Lightstream.listen("unix://" + file, memory);
                var near = Lightstream.connect(server.uri(), memory);
                var far = server.accept()) {
            assertThat(far.name()).isEqualTo("unix://" + file + "#1");
            assertThat(near.name()).isEqualTo("unix://" + file);
        }
    }

    @Test
    void aSocketThatSomebodyListensOnIsNotTaken() throws IOException {
        String uri = "unix://" + directory.resolve("s");
        try (Server server = Lightstream.listen(uri, memory)) {
            assertThatThrownBy(() -> Lightstream.listen(uri, memory))
                    .isInstanceOf(BindException.class)
                    .hasMessage("[" + uri + "] listen: expected an address that is free and belongs to this machine,"
                            + " found a socket that somebody listens on");
            Lightstream.connect(server.uri(), memory).close();
        }
    }

    @Test
    void aFileThatIsNoSocketIsLeftAlone() throws IOException {
        Path file = Files.writeString(directory.resolve("precious"), "data");
        assertThatThrownBy(() -> Lightstream.listen("unix://" + file, memory))
                .isInstanceOf(BindException.class)
                .hasMessageEndingWith("found a file that is no socket");
        assertThat(file).hasContent("data");
    }

    @Test
    void aFileThatSomebodyPutInItsPlaceIsLeftAlone() throws IOException {
        Path file = directory.resolve("s");
        try (Server server = Lightstream.listen("unix://" + file, memory)) {
            assertThat(server.connectionCount()).isZero();
            Files.delete(file);
            Files.writeString(file, "data");
        }
        assertThat(file).hasContent("data");
    }

    @Test
    void noFileIsAnErrorThatNamesIt() {
        String uri = "unix://" + directory.resolve("none");
        assertThatThrownBy(() -> Lightstream.connect(uri, memory))
                .isInstanceOf(ConnectException.class)
                .hasMessage("[" + uri + "] connect: expected a peer that listens, found no such file or directory");
    }

    @Test
    void aPathThatLeadsThroughAFileIsAnErrorThatNamesIt() throws IOException {
        String uri =
                "unix://" + Files.writeString(directory.resolve("file"), "data").resolve("s");
        assertThatThrownBy(() -> Lightstream.listen(uri, memory))
                .isInstanceOf(BindException.class)
                .hasMessage("[" + uri + "] listen: expected an address that is free and belongs to this machine,"
                        + " found not a directory");
    }

    @Test
    void pathsWithSpacesAreFine() throws IOException {
        Path file = directory.resolve("a b%");
        String uri = "unix://" + directory.resolve("a b%25");
        try (Server server = Lightstream.listen(uri, memory)) {
            assertThat(file).exists();
            Lightstream.connect(uri, memory).close();
            assertThat(server.address().toString()).isEqualTo(file.toString());
        }
    }

    @Test
    void aPathThatIsTooLongIsAnErrorThatNamesIt() {
        String uri = "unix://" + directory.resolve("x".repeat(200));
        assertThatThrownBy(() -> Lightstream.listen(uri, memory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(uri);
        assertThatThrownBy(() -> Lightstream.connect(uri, memory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(uri);
    }
}
