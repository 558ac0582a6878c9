package io.lightstream.transport;

import static io.lightstream.codec.build.Columns.int32;
import static io.lightstream.codec.build.Columns.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.ipc.IpcFileReader;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Paths, which {@link Lightstream} takes as well as URIs. */
class FilesTest {
    private LightstreamMemory memory;
    private RecordBatch batch;

    @TempDir
    Path directory;

    @BeforeEach
    void open() {
        memory = LightstreamMemory.create();
        batch = RecordBatch.of(memory, int32("id", 1, 2, 3), utf8("name", "a", null, "c"));
    }

    @AfterEach
    void close() {
        batch.close();
        memory.close();
    }

    @Test
    void theNameTellsTheFormat() throws IOException {
        for (String name : new String[] {"a.arrow", "b.feather", "c.arrows", "D.ARROW", "e:f.arrows"}) {
            Path file = directory.resolve(name);
            write(file.toString());
            try (BatchReader reader = Lightstream.open(file.toString(), memory)) {
                assertThat(reader).isInstanceOf(name.endsWith("arrows") ? IpcStreamReader.class : IpcFileReader.class);
                assertThat(reader.next()).isTrue();
                assertThat(BatchComparison.compare(batch, reader.batch())).isEmpty();
                assertThat(reader.next()).isFalse();
            }
        }
    }

    @Test
    void theContentGoesBeforeTheName() throws IOException {
        Path file = directory.resolve("stream.arrow");
        Files.move(write(directory.resolve("stream.arrows").toString()), file);
        try (BatchReader reader = Lightstream.open(file.toString(), memory)) {
            assertThat(reader).isInstanceOf(IpcStreamReader.class);
        }
        Path nameless = Files.move(write(directory.resolve("file.arrow").toString()), directory.resolve("nameless"));
        try (BatchReader reader = Lightstream.open(nameless.toUri().toString(), memory)) {
            assertThat(reader).isInstanceOf(IpcFileReader.class);
        }
    }

    @Test
    void filesAreToldFromPeers() {
        assertThat(Lightstream.path("a b%20.arrow")).contains(Path.of("a b%20.arrow"));
        assertThat(Lightstream.path("50%:zz?x=1&x=2")).contains(Path.of("50%:zz?x=1&x=2"));
        assertThat(Lightstream.path("file:///tmp/a%20b.arrow")).contains(Path.of("/tmp/a b.arrow"));
        assertThat(Lightstream.path("FILE://LocalHost/tmp/x")).contains(Path.of("/tmp/x"));
        assertThat(Lightstream.path("file:/tmp/x")).contains(Path.of("/tmp/x"));
        assertThat(Lightstream.path("file:rel/x")).contains(Path.of("rel/x"));
        for (String peer :
                new String[] {"-", "stdio:", "unix:rel", "unix:/tmp/s", "tcp:localhost:9", "quic:x", "no://x"}) {
            assertThat(Lightstream.path(peer)).as(peer).isEmpty();
        }
    }

    @Test
    void aFileUriThatSaysMoreThanAPathIsRefused() {
        Map<String, String> expected = Map.of(
                "file://far/tmp/x", "[file://far/tmp/x] host of a file: expected none or localhost, found 'far'",
                "file:///tmp/what?.arrow", "[file:/tmp/what] options of a file: expected none, found [",
                "file://localhost", "[file://localhost] path of a file: expected one",
                "file:/a%zz", "two hexadecimal digits");
        expected.forEach((uri, message) -> assertThatThrownBy(() -> Lightstream.open(uri, memory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message));
        assertThatThrownBy(() -> Lightstream.connect("file:///tmp/x", memory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("URI: expected one such as tcp://host:9000");
    }

    @Test
    void noFileIsAnErrorThatNamesIt() {
        String path = directory.resolve("none.arrow").toString();
        assertThatThrownBy(() -> Lightstream.open(path, memory))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("[" + path + "] open: expected a file, found none");
        String inNoDirectory = directory.resolve("none/x.arrow").toString();
        assertThatThrownBy(() -> Lightstream.create(inNoDirectory, batch.schema()))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("[" + inNoDirectory + "] create: expected a directory to create it in, found none");
    }

    @Test
    void aDirectoryIsNoFile() throws IOException {
        for (Path path : List.of(directory, Files.createDirectory(directory.resolve("d.arrow")), Path.of("/"))) {
            assertThatThrownBy(() -> Lightstream.open(path.toString(), memory))
                    .isInstanceOf(IOException.class)
                    .hasMessage("[" + path + "] open: expected a file, found a directory");
            assertThatThrownBy(() -> Lightstream.create(path.toString(), batch.schema()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("[" + path + "] create: expected a file, found a directory");
        }
    }

    @Test
    void aPathThatLeadsThroughAFileIsAnErrorThatNamesIt() throws IOException {
        Path path = Files.writeString(directory.resolve("file"), "data").resolve("x.arrow");
        assertThatThrownBy(() -> Lightstream.open(path.toString(), memory))
                .isInstanceOf(IOException.class)
                .hasMessage("[" + path + "] open: expected a file, found not a directory");
        assertThatThrownBy(() -> Lightstream.create(path.toString(), batch.schema()))
                .isInstanceOf(IOException.class)
                .hasMessage("[" + path + "] create: expected a directory to create it in, found not a directory");
    }

    @Test
    void anUnknownFormatNamesThoseThereAre() throws IOException {
        Path file = Files.writeString(directory.resolve("x.csv"), "a,b\n1,2\n");
        assertThatThrownBy(() -> Lightstream.open(file.toString(), memory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected one of [arrow, arrows]")
                .hasMessageContaining("io.lightstream:lightstream-formats-csv");
        assertThatThrownBy(() ->
                        Lightstream.create(directory.resolve("noextension").toString(), batch.schema()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("format of file 'noextension': expected one of [arrow, arrows]");
        assertThat(directory.resolve("noextension")).doesNotExist();
    }

    @Test
    void aFileThatIsNotWhatItsNameSaysIsAnErrorThatNamesIt() throws IOException {
        for (String name : new String[] {"x.arrow", "x.arrows", "empty.arrow", "empty.arrows"}) {
            Path file = Files.writeString(directory.resolve(name), name.startsWith("x") ? "no data of any kind" : "");
            assertThatThrownBy(() -> Lightstream.open(file.toString(), memory))
                    .isInstanceOf(LightstreamException.class)
                    .hasMessageStartingWith("[" + file);
        }
    }

    @Test
    void aPathIsNoPlaceToListen() {
        assertThatThrownBy(() -> Lightstream.listen("data.arrow", memory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 'data.arrow'");
    }

    private Path write(String path) throws IOException {
        try (BatchWriter writer = Lightstream.create(path, batch.schema())) {
            writer.write(batch);
        }
        return Path.of(path);
    }
}
