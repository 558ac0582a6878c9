package io.lightstream.cli;

import static io.lightstream.codec.build.Columns.int32;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Lightstream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendReceiveTest {
    @TempDir
    Path folder;

    private Path table;

    @BeforeEach
    void writeTable() throws IOException {
        table = Tables.write(folder.resolve("table.arrow"), 1, 5000);
    }

    private List<String> addresses() {
        return List.of("tcp://127.0.0.1:0", "unix://" + folder.resolve("test.sock"));
    }

    @Test
    void aReceiverListensAndWritesAFile() throws Exception {
        for (String address : addresses()) {
            Path copy = folder.resolve("copy.arrow");
            LiveRun receiver = LiveRun.of("receive", "--listen", address, copy);

            Run.of("send", table, receiver.uri()).done();

            receiver.end().done();
            Tables.assertSame(table, copy);
            Files.delete(copy);
        }
        assertThat(folder.resolve("test.sock")).doesNotExist();
    }

    @Test
    void aSenderListensAndOnePeerReceives() throws Exception {
        for (String address : addresses()) {
            LiveRun sender = LiveRun.of("send", "--listen", "--compression", "lz4", table, address);

            Run receiver = Run.of("receive", sender.uri()).done();

            sender.end().done();
            Tables.assertSame(table, receiver.bytes());
        }
    }

    @Test
    void nothingIsHeldBackWhileThePeerLetsWait() throws Exception {
        LiveRun receiver = LiveRun.of("receive", "--listen", "tcp://127.0.0.1:0");
        try (LightstreamMemory memory = LightstreamMemory.create();
                RecordBatch batch = RecordBatch.of(memory, int32("id", 1, 2, 3));
                BatchWriter peer = Lightstream.create(receiver.uri(), batch.schema())) {
            for (int batches = 1; batches <= 3; batches++) {
                peer.write(batch);
                peer.flush();
                long rows = 3L * batches;
                await().atMost(30, SECONDS)
                        .ignoreExceptions()
                        .until(() -> Tables.rows(receiver.output()), found -> found == rows);
            }
        }
        assertThat(Tables.rows(receiver.end().done().bytes())).isEqualTo(9);
    }

    @Test
    void aServerServesEveryPeerFromTheStart() throws Exception {
        Path next = Tables.write(folder.resolve("next.arrow"), 10_001, 100);
        LiveRun server = LiveRun.of("serve", "--peers", 3, table, next, "tcp://127.0.0.1:0");
        String uri = server.uri();

        assertThat(Tables.rows(Run.of("cat", uri).done().bytes())).isEqualTo(10_200);
        assertThat(Tables.rows(Run.of("head", "-n5", uri).done().bytes())).isEqualTo(5);
        server.assertRunning();
        assertThat(Tables.rows(Run.of("receive", uri).done().bytes())).isEqualTo(10_200);

        assertThat(server.end().exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aPeerMayInspect() throws Exception {
        LiveRun sender = LiveRun.of("send", "--listen", table, "tcp://127.0.0.1:0");

        assertThat(Run.of("inspect", sender.uri()).done().text().lines().filter(line -> line.contains("record-batch")))
                .hasSize(2);

        assertThat(sender.end().exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void theBytesOnTheSocketAreAPlainStream() throws Exception {
        LiveRun sender = LiveRun.of("send", "--listen", table, "tcp://127.0.0.1:0");
        int port = URI.create(sender.uri()).getPort();

        byte[] bytes;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                InputStream in = socket.getInputStream()) {
            bytes = in.readAllBytes();
        }

        sender.end().done();
        assertThat(bytes).isEqualTo(Run.of("cat", table).bytes());
    }

    @Test
    void aStreamThatBreaksOffIsBadDataAndLeavesNoFile() throws Exception {
        byte[] stream = Run.of("cat", table).bytes();
        LiveRun receiver = LiveRun.of("receive", "--listen", "tcp://127.0.0.1:0", folder.resolve("copy.arrow"));
        try (Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(),
                        URI.create(receiver.uri()).getPort());
                OutputStream out = socket.getOutputStream()) {
            out.write(Arrays.copyOf(stream, stream.length - 1000));
        }

        receiver.end().failed(ExitCode.BAD_DATA, "[tcp://", "@");
        assertThat(folder.resolve("copy.arrow")).doesNotExist();
    }

    @Test
    void aSourceThatFailsIsNoShorterTableForThePeer() throws Exception {
        byte[] stream = Run.of("cat", table).bytes();
        Path cut = folder.resolve("cut.arrows");
        Files.write(cut, Arrays.copyOf(stream, stream.length - 1000));
        LiveRun receiver = LiveRun.of("receive", "--listen", "tcp://127.0.0.1:0", folder.resolve("copy.arrow"));

        Run.of("send", cut, receiver.uri()).failed(ExitCode.BAD_DATA, "cut.arrows");

        receiver.end().failed(ExitCode.BAD_DATA, "[tcp://", "@");
        assertThat(folder.resolve("copy.arrow")).doesNotExist();
    }

    @Test
    void aSourceThatFailsIsNoShorterTableInAPipe() {
        Run first = Run.of("cat", table, folder.resolve("none.arrow"));
        assertThat(first.exitCode()).isEqualTo(ExitCode.IO);

        Run.reading(first.bytes(), "convert", "-", folder.resolve("copy.arrow")).failed(ExitCode.BAD_DATA, "[-", "@");

        assertThat(folder.resolve("copy.arrow")).doesNotExist();
    }

    @Test
    void aPeerThatSaysNothingIsExitCodeFour() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            String uri = "tcp://127.0.0.1:" + silent.getLocalPort();

            Run.of("receive", uri + "?readTimeout=50ms").failed(ExitCode.IO, uri, "read");
        }
    }

    @Test
    void nobodyThereIsExitCodeFour() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        Run.of("send", table, "tcp://127.0.0.1:" + port).failed(ExitCode.IO, "connect");
        Run.of("receive", "unix://" + folder.resolve("none.sock")).failed(ExitCode.IO, "connect");
    }

    @Test
    void whatIsNoPeerIsExitCodeTwo() {
        Run.of("send", table, folder.resolve("copy.arrow")).failed(ExitCode.USAGE, "expected a URI");
        Run.of("receive", table).failed(ExitCode.USAGE, "expected a URI");
        Run.of("serve", "-", "tcp://127.0.0.1:0").failed(ExitCode.USAGE, "expected a file");
        Run.of("send", table, "carrier-pigeon://roof").failed(ExitCode.USAGE, "carrier-pigeon");
        Run.of("send", table, "tcp://127.0.0.1:9?wings=2").failed(ExitCode.USAGE, "wings");
        assertThat(Run.of("send", table).exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
