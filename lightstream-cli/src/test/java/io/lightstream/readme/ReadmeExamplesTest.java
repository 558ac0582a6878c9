package io.lightstream.readme;

import static io.lightstream.codec.build.Columns.float64;
import static io.lightstream.codec.build.Columns.int32;
import static io.lightstream.codec.build.Columns.int64;
import static io.lightstream.codec.build.Columns.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.mmap.MappedArrowFile;
import io.lightstream.transport.Lightstream;
import io.lightstream.transport.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each example of the README stands here between its marks, to the letter, and is run. */
class ReadmeExamplesTest {
    @TempDir
    Path folder;

    private String file = "";

    @BeforeEach
    void nameFile() {
        file = folder.resolve("trades.arrow").toString();
    }

    @Test
    void makesAndWritesBatches() throws IOException {
        make(file);
        try (LightstreamMemory memory = LightstreamMemory.create();
                BatchReader trades = Lightstream.open(file, memory)) {
            assertThat(trades.next()).isTrue();
            assertThat(trades.batch().column("venue").getString(2)).isEqualTo("XNAS");
            assertThat(trades.batch().column("venue").isNull(1)).isTrue();
            assertThat(trades.batch().aligned()).isTrue();
        }
    }

    private static void make(String path) throws IOException {
        // example: make
        try (var memory = LightstreamMemory.create(); // 64-byte aligned, recycled, no JVM flags
                var batch = RecordBatch.of(
                        memory,
                        int32("id", 1, 2, 3),
                        float64("price", 9.5, 9.75, 10.0),
                        utf8("venue", "XETR", null, "XNAS"));
                var out = Lightstream.create(path, batch.schema())) { // or "tcp://host:9000", "unix:///tmp/socket"
            out.write(batch);
        }
        // end
    }

    @Test
    void servesAndReceivesOverTcp() throws Exception {
        make(file);
        try (LightstreamMemory memory = LightstreamMemory.create();
                Server server = Lightstream.listen("tcp://127.0.0.1:0", memory)) {
            CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> serve(server, memory));
            assertThat(sum(server.uri())).isEqualTo(29.25);
            server.close();
            serving.join();
        }
    }

    private void serve(Server server, LightstreamMemory memory) {
        try {
            // example: serve
            server.serve(
                    connection -> { // a thread each; a slow reader slows its own sender only
                        try (var trades = Lightstream.open(file, memory);
                                var out = connection.writer(trades.schema())) {
                            out.writeAll(trades); // if the file fails, the peer is told
                        }
                    });
            // end
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double sum(String uri) throws IOException {
        double total = 0;
        // example: receive
        try (var memory = LightstreamMemory.create();
                var trades = Lightstream.open(uri, memory)) {
            for (RecordBatch batch : trades) { // borrowed until the next step; batch.take(allocator) keeps it
                DoubleBuffer prices = batch.column("price").doubles(); // a view of the received bytes
                while (prices.hasRemaining()) {
                    total += prices.get();
                }
            }
        }
        // end
        return total;
    }

    @Test
    void bridgesToArrowJava() throws IOException {
        make(file);
        List<String> rows = new ArrayList<>();
        // example: bridge
        try (var memory = LightstreamMemory.create();
                ArrowReader reader = Lightstream.open(file, memory).asArrowReader(memory.allocator())) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot(); // no copies: the vectors point into the same memory
            while (reader.loadNextBatch()) {
                rows.add(root.contentToTSVString());
            }
        }
        // end
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0)).contains("XETR");
    }

    @Test
    void mapsFiles() throws IOException {
        Path path = folder.resolve("ids.arrow");
        try (LightstreamMemory memory = LightstreamMemory.create();
                RecordBatch batch = RecordBatch.of(memory, int64("id", 1, 2, 40));
                var out = Lightstream.create(path.toString(), batch.schema())) {
            out.write(batch);
            out.write(batch);
        }
        long sum = 0;
        // example: map
        try (var file = MappedArrowFile.open(path)) { // the footer is read; a batch may outlive the file
            for (RecordBatch batch : file) {
                LongBuffer ids = batch.column("id").longs(); // a read-only view of the file's own pages
                for (int row = 0; row < ids.limit(); row++) {
                    sum += ids.get(row);
                }
            }
        }
        // end
        assertThat(sum).isEqualTo(86);
    }
}
