package io.lightstream.transport.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Lightstream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The standard streams of a real process. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StdioProcessTest {
    @Test
    void aProcessReadsAndWritesItsStandardStreams() throws Exception {
        byte[] sent = new byte[3_000_000];
        new Random(1).nextBytes(sent);
        Process echo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Echo.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread writer = new Thread(() -> {
            try (OutputStream in = echo.getOutputStream()) {
                in.write(sent);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        writer.start();
        byte[] received = echo.getInputStream().readAllBytes();
        assertThat(Arrays.mismatch(received, sent))
                .as("first byte that differs")
                .isEqualTo(-1);
        writer.join();
        assertThat(echo.waitFor()).isZero();
    }

    @Test
    void standardStreamsTakeInNobody() {
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            assertThatThrownBy(() -> Lightstream.listen("stdio:", memory))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("[stdio:] listen: expected a transport that takes in peers, found standard streams");
            assertThatThrownBy(() -> Lightstream.connect("stdio://host", memory))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected nothing after 'stdio:', found 'host'");
        }
    }
}
