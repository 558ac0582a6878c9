package io.lightstream.transport.stdio;

import static io.lightstream.codec.build.Columns.int64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.ipc.IpcStreamWriter;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Lightstream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The standard streams of a real process. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StdioProcessTest {
    private static final int BATCHES = 10;

    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void aProcessReadsAndWritesItsStandardStreams() throws Exception {
        Process echo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Echo.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (RecordBatch numbers = RecordBatch.of(
                        memory, int64("n", LongStream.range(0, 50_000).toArray()));
                RecordBatch one = numbers.slice(17, 1)) {
            Thread writer = new Thread(() -> write(echo, numbers, one));
            writer.start();
            try (IpcStreamReader reader = IpcStreamReader.open(
                    Channels.newChannel(echo.getInputStream()), memory.allocator(), IpcReadOptions.defaults())) {
                for (int i = 0; i < BATCHES; i++) {
                    assertThat(reader.next()).isTrue();
                    assertThat(BatchComparison.compare(i % 2 == 0 ? numbers : one, reader.batch()))
                            .isEmpty();
                }
                assertThat(reader.next()).isFalse();
            }
            writer.join();
        }
        assertThat(echo.waitFor()).isZero();
    }

    @Test
    void standardStreamsTakeInNobody() {
        assertThatThrownBy(() -> Lightstream.listen("stdio:", memory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[stdio:] listen: expected a transport that takes in peers, found standard streams");
        assertThatThrownBy(() -> Lightstream.connect("stdio://host", memory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected nothing after 'stdio:', found 'host'");
    }

    private static void write(Process process, RecordBatch even, RecordBatch odd) {
        try (IpcStreamWriter writer = IpcStreamWriter.open(
                Channels.newChannel(process.getOutputStream()), even.schema(), IpcWriteOptions.defaults())) {
            for (int i = 0; i < BATCHES; i++) {
                writer.write(i % 2 == 0 ? even : odd);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
