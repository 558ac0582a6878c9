package io.lightstream.formats.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.compare.ReaderComparison;
import io.lightstream.codec.ipc.IpcFileReader;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every golden file and stream is read exactly as its JSON says, whole and one byte at a time. */
class GoldenTest {
    static List<Corpora.Golden> golden() {
        return Corpora.golden();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void file(Corpora.Golden golden) throws IOException {
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            FileChannel channel = FileChannel.open(golden.file());
            compare(golden, IpcFileReader.open(channel, memory.allocator(), options(golden.file())), memory);
            assertThat(channel.isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void fileByteByByte(Corpora.Golden golden) throws IOException {
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            ByteByByteChannel channel = new ByteByByteChannel(FileChannel.open(golden.file()));
            compare(golden, IpcFileReader.open(channel, memory.allocator(), options(golden.file())), memory);
            assertThat(channel.isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void stream(Corpora.Golden golden) throws IOException {
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            FileChannel channel = FileChannel.open(golden.stream());
            compare(golden, IpcStreamReader.open(channel, memory.allocator(), options(golden.stream())), memory);
            assertThat(channel.isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void streamByteByByte(Corpora.Golden golden) throws IOException {
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            ByteByByteChannel channel = new ByteByByteChannel(FileChannel.open(golden.stream()));
            compare(golden, IpcStreamReader.open(channel, memory.allocator(), options(golden.stream())), memory);
            assertThat(channel.isOpen()).isFalse();
        }
    }

    private static IpcReadOptions options(Path path) {
        return IpcReadOptions.defaults().withSource(path.getFileName().toString());
    }

    private static void compare(Corpora.Golden golden, BatchReader found, LightstreamMemory memory) throws IOException {
        try (found;
                BatchReader expected = JsonFormat.open(golden.json(), memory.allocator())) {
            assertThat(ReaderComparison.compare(expected, found)).isEmpty();
        }
    }
}
