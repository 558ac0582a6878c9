package io.lightstream.formats.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.ipc.EveryValue;
import io.lightstream.codec.ipc.IpcFileReader;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files with crafted defects end in a declared error, but for those that are valid after all; nothing stays allocated. */
class FuzzTest {
    private static final Map<String, EveryValue.Read> VALID = Map.of(
            "clusterfuzz-testcase-arrow-ipc-file-fuzz-6051391008473088", new EveryValue.Read(2, 17),
            "clusterfuzz-testcase-minimized-arrow-ipc-file-fuzz-6088759971217408", new EveryValue.Read(1, 200),
            "clusterfuzz-testcase-minimized-arrow-ipc-file-fuzz-6295340960776192", new EveryValue.Read(1, 200),
            "clusterfuzz-testcase-minimized-arrow-ipc-stream-fuzz-5718685113384960", new EveryValue.Read(0, 0));

    static List<Path> files() {
        return Corpora.fuzzFiles();
    }

    static List<Path> streams() {
        return Corpora.fuzzStreams();
    }

    @ParameterizedTest
    @MethodSource("files")
    void file(Path path) throws Throwable {
        expect(path, memory -> IpcFileReader.open(FileChannel.open(path), memory.allocator(), options(path)));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void stream(Path path) throws Throwable {
        expect(path, memory -> IpcStreamReader.open(FileChannel.open(path), memory.allocator(), options(path)));
    }

    private static IpcReadOptions options(Path path) {
        return IpcReadOptions.defaults().withSource(path.getFileName().toString());
    }

    @FunctionalInterface
    private interface Opening {
        BatchReader open(LightstreamMemory memory) throws IOException;
    }

    private static void expect(Path path, Opening opening) throws Throwable {
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            EveryValue.Read valid = VALID.get(path.getFileName().toString());
            ThrowingCallable reading = () -> {
                try (BatchReader reader = opening.open(memory)) {
                    assertThat(EveryValue.of(reader)).isEqualTo(valid);
                }
            };
            if (valid != null) {
                reading.call();
            } else {
                assertThatThrownBy(reading)
                        .isInstanceOf(LightstreamException.class)
                        .hasMessageStartingWith("[" + path.getFileName());
            }
        }
    }
}
