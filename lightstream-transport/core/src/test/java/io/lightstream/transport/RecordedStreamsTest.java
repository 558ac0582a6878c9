package io.lightstream.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Streams of producers that align to 8 bytes, received over sockets: every buffer lies at a multiple of 64, and no large one
 * was copied on its way there. See the README beside the recordings.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecordedStreamsTest {
    private static final int ROWS = 4_501;
    private static final int BATCHES = 3;
    private static final int LARGE_BYTES = 16 << 10;
    private static final List<String> KINDS = List.of("red", "green", "blue");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"pyarrow, tcp", "pyarrow, unix", "arrow-java, tcp", "arrow-java, unix"})
    void everyBufferIsAlignedAndNoLargeOneWasCopied(String producer, String scheme) throws Exception {
        byte[] recording = recording(producer);
        String uri = scheme.equals("tcp") ? "tcp://127.0.0.1:0" : "unix://" + directory.resolve("s");
        try (LightstreamMemory memory = LightstreamMemory.create();
                Server server = Lightstream.listen(uri, memory);
                Connection near = Lightstream.connect(server.uri(), memory);
                Connection far = server.accept()) {
            Thread sender = new Thread(() -> send(recording, far));
            sender.start();
            long largeBytes = 0;
            int number = 0;
            try (BatchReader reader = near.reader()) {
                for (RecordBatch batch : reader) {
                    assertThat(batch.rowCount()).isEqualTo(ROWS);
                    for (Column column : batch.columns()) {
                        largeBytes += checkAligned(column);
                    }
                    checkValues(batch, number++);
                }
            }
            assertThat(number).isEqualTo(BATCHES);
            assertThat(near.copiedBytes()).isZero();
            assertThat(largeBytes).isGreaterThan((long) BATCHES * ROWS * (4 + 8 + 4 + 4));
            assertThat(near.directBytes()).isGreaterThanOrEqualTo(largeBytes);
            sender.join();
        }
    }

    /** Checks all buffers of a column; returns how many bytes lie in large ones that came with the batch. */
    private static long checkAligned(Column column) {
        ColumnData data = column.data();
        long large = 0;
        for (int i = 0; i < data.bufferCount(); i++) {
            if (data.length(i) > 0) {
                assertThat(data.address(i) % 64)
                        .as("buffer %d of %s", i, column.name())
                        .isZero();
                large += data.length(i) >= LARGE_BYTES ? data.length(i) : 0;
            }
        }
        data.dictionary().ifPresent(RecordedStreamsTest::checkAligned);
        for (Column child : data.children()) {
            large += checkAligned(child);
        }
        return large;
    }

    private static void checkValues(RecordBatch batch, int number) {
        Column id = batch.column("id");
        Column price = batch.column("price");
        Column name = batch.column("name");
        Column kind = batch.column("kind");
        for (int i = 0; i < ROWS; i++) {
            assertThat(id.getInt(i)).isEqualTo(7 * i + number);
            assertThat(price.getDouble(i)).isEqualTo(i / 4.0 - number);
            assertThat(name.isNull(i)).isEqualTo(i % 10 == 3);
            if (i % 10 != 3) {
                assertThat(name.getString(i)).isEqualTo("row_" + i);
            }
            assertThat(kind.getString(i)).isEqualTo(KINDS.get(i % 3));
        }
    }

    private static byte[] recording(String producer) throws IOException {
        try (InputStream in = RecordedStreamsTest.class.getResourceAsStream("recorded/" + producer + ".arrows.gz")) {
            return new GZIPInputStream(in).readAllBytes();
        }
    }

    private static void send(byte[] recording, Connection connection) {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(recording.length).put(recording).flip();
        try {
            while (bytes.hasRemaining()) {
                connection.output().write(bytes);
            }
            connection.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
