package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.compare.ReaderComparison;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.arrow.flatbuf.CompressionType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams that become files. */
class StreamSealTest {
    private final LightstreamMemory memory = LightstreamMemory.create();

    @TempDir
    Path folder;

    @AfterEach
    void nothingIsHeld() throws IOException {
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    private byte[] seal(byte[] stream, IpcSealOptions options) throws IOException {
        Path source = Files.write(folder.resolve("log.arrows"), stream);
        Path target = folder.resolve("log.arrow");
        Footer footer = IpcStreamSeal.seal(source, target, memory.allocator(), options);
        byte[] file = Files.readAllBytes(target);
        try (IpcFileReader reader = Ipc.openFile(file, memory.allocator())) {
            assertThat(reader.footer()).isEqualTo(footer);
        }
        return file;
    }

    @ParameterizedTest
    @EnumSource
    void keepsBatchesAndCompression(LogTables tables) throws IOException {
        byte[] file = seal(tables.stream(0, 4, memory), IpcSealOptions.defaults());
        tables.assertHas(4, file, memory);
        MessageWalk.Step last = MessageWalk.walk(file, 8).stream()
                .filter(step -> step.kind().equals("batch"))
                .reduce((a, b) -> b)
                .orElseThrow();
        if (tables == LogTables.COMPRESSED) {
            assertThat(last.batch().compression().codec()).isEqualTo(CompressionType.LZ4_FRAME);
        } else {
            assertThat(last.batch().compression()).isNull();
        }
    }

    @Test
    void orGetsACompressionOfItsOwn() throws IOException {
        byte[] stream = LogTables.COMPRESSED.stream(0, 3, memory);
        byte[] file = seal(stream, IpcSealOptions.defaults().withCompression(Compression.ZSTD));
        LogTables.COMPRESSED.assertHas(3, file, memory);
        MessageWalk.Step batch = MessageWalk.walk(file, 8).get(2);
        assertThat(batch.batch().compression().codec()).isEqualTo(CompressionType.ZSTD);
    }

    static Stream<Path> goldenStreams() {
        return TestCorpora.golden(".stream").stream();
    }

    @ParameterizedTest
    @MethodSource("goldenStreams")
    void goldenStreams(Path golden) throws IOException {
        byte[] stream = Files.readAllBytes(golden);
        byte[] file = seal(stream, IpcSealOptions.defaults());
        try (IpcStreamReader expected = Ipc.openStream(stream, memory.allocator());
                IpcFileReader found = Ipc.openFile(file, memory.allocator())) {
            assertThat(ReaderComparison.compare(expected, found)).isEmpty();
        }
    }

    @Test
    void aTornEndIsAnErrorUnlessItMayBeCutOff() throws IOException {
        LogTables tables = LogTables.TEXT;
        byte[] whole = tables.stream(0, 3, memory);
        byte[] torn = Arrays.copyOf(whole, whole.length - 40);
        Path target = Files.writeString(folder.resolve("log.arrow"), "before");

        assertThatThrownBy(() -> seal(torn, IpcSealOptions.defaults())).isInstanceOf(TruncatedStreamException.class);
        assertThat(target).hasContent("before");

        tables.assertHas(2, seal(torn, IpcSealOptions.defaults().withCutsTornEnd(true)), memory);
        byte[] withoutMarker = Arrays.copyOf(whole, whole.length - 8);
        tables.assertHas(3, seal(withoutMarker, IpcSealOptions.defaults()), memory);
    }

    @Test
    void replacedDictionariesAreUnifiedOrRefused() throws IOException {
        byte[] stream;
        try (RecordBatch one = cities("a", "b");
                RecordBatch two = cities("b", "c")) {
            stream = Ipc.stream(one, two);
        }
        byte[] file = seal(stream, IpcSealOptions.defaults());
        try (IpcStreamReader expected = Ipc.openStream(stream, memory.allocator());
                IpcFileReader found = Ipc.openFile(file, memory.allocator())) {
            assertThat(found.footer().dictionaries()).hasSize(1);
            assertThat(ReaderComparison.compare(expected, found)).isEmpty();
        }
        assertThatThrownBy(() -> seal(stream, IpcSealOptions.defaults().withDictionaries(DictionaryPolicy.ERROR)))
                .isInstanceOf(UnsupportedFeatureException.class);
    }

    private RecordBatch cities(Object... values) {
        return Tables.column(memory.allocator(), Tables.dictionary(Tables.TEXT, 7, 8, true), values);
    }

    @Test
    void inItsOwnPlace() throws IOException {
        Path path = Files.write(folder.resolve("log"), LogTables.DICTIONARY.stream(0, 3, memory));
        Path link = Files.createSymbolicLink(folder.resolve("link"), path);
        IpcStreamSeal.seal(path, link, memory.allocator(), IpcSealOptions.defaults());
        assertThat(link).isSymbolicLink();
        LogTables.DICTIONARY.assertHas(3, Files.readAllBytes(path), memory);
    }

    @Test
    void whatIsNoStreamIsRefused() {
        byte[] file = LogTables.TEXT.file(0, 1, memory);
        assertThatThrownBy(() -> seal(file, IpcSealOptions.defaults())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> seal(new byte[0], IpcSealOptions.defaults()))
                .isInstanceOf(MalformedStreamException.class);
        assertThat(folder.resolve("log.arrow")).doesNotExist();
    }
}
