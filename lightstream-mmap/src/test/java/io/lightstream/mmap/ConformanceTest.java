package io.lightstream.mmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.Validation;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.compare.ReaderComparison;
import io.lightstream.codec.ipc.EveryValue;
import io.lightstream.codec.ipc.IpcFileReader;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.ipc.TestCorpora;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of the corpora say through a mapping what the readers of the codec find in them. */
class ConformanceTest extends MemoryCheck {
    private static final MapOptions FULL = MapOptions.defaults().withValidation(Validation.FULL);
    private static final String STREAM = ".stream";

    static Stream<Path> golden() {
        return Stream.concat(TestCorpora.golden(STREAM).stream(), TestCorpora.golden(".arrow_file").stream());
    }

    static List<Path> fuzzFiles() {
        return TestCorpora.fuzzFiles();
    }

    static List<Path> fuzzStreams() {
        return TestCorpora.fuzzStreams();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void sameValuesInOrder(Path path) throws IOException {
        for (MapOptions options : List.of(FULL, MapOptions.defaults(), FULL.withRealign(true))) {
            try (BatchReader expected = open(path, path.toString().endsWith(STREAM));
                    BatchReader found = MappedArrowFile.open(path, memory.allocator(), options)) {
                assertThat(ReaderComparison.compare(expected, found)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void sameValuesInAnyOrder(Path path) throws IOException {
        List<RecordBatch> expected = new ArrayList<>();
        try (BatchReader reader = open(path, path.toString().endsWith(STREAM));
                MappedArrowFile found = MappedArrowFile.open(path, memory.allocator(), FULL)) {
            while (reader.next()) {
                expected.add(reader.batch().take(memory.allocator()));
            }
            List<Integer> order = new ArrayList<>(
                    IntStream.range(0, found.batchCount()).boxed().toList());
            assertThat(order).hasSameSizeAs(expected);
            Collections.shuffle(order, new Random(1));
            for (int number : order) {
                try (RecordBatch batch = found.batch(number)) {
                    assertThat(BatchComparison.compare(expected.get(number), batch))
                            .isEmpty();
                }
            }
        } finally {
            expected.forEach(RecordBatch::close);
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void realigningCopiesOnlyWhatIsNotOnABoundary(Path path) throws IOException {
        try (MappedArrowFile plain = MappedArrowFile.open(path, memory.allocator(), FULL);
                MappedArrowFile realigned = MappedArrowFile.open(path, memory.allocator(), FULL.withRealign(true))) {
            while (plain.next()) {
                assertThat(realigned.next()).isTrue();
                assertThat(realigned.batch().aligned()).isTrue();
                for (int i = 0; i < plain.batch().columnCount(); i++) {
                    compare(plain.batch().column(i), realigned.batch().column(i));
                }
            }
        }
    }

    private static void compare(Column plain, Column realigned) {
        ColumnData data = plain.data();
        for (int i = 0; i < data.bufferCount(); i++) {
            if (data.length(i) > 0) {
                boolean stays = data.isMapped(i) && data.address(i) % 64 == 0;
                assertThat(realigned.data().isMapped(i)).isEqualTo(stays);
                assertThat(realigned.data().address(i) % 64).isZero();
                assertThat(data.address(i) % 8).isZero();
            }
        }
        for (int i = 0; i < data.children().size(); i++) {
            compare(data.children().get(i), realigned.data().children().get(i));
        }
        data.dictionary()
                .ifPresent(
                        values -> compare(values, realigned.data().dictionary().orElseThrow()));
    }

    @ParameterizedTest
    @MethodSource("fuzzFiles")
    void sameVerdictOnFiles(Path path) throws IOException {
        sameVerdict(path, false);
    }

    @ParameterizedTest
    @MethodSource("fuzzStreams")
    void sameVerdictOnStreams(Path path) throws IOException {
        sameVerdict(path, true);
    }

    private void sameVerdict(Path path, boolean isStream) throws IOException {
        Optional<EveryValue.Read> expected = read(() -> open(path, isStream));
        assertThat(read(() -> MappedArrowFile.open(path, memory.allocator(), FULL)))
                .isEqualTo(expected);
    }

    @FunctionalInterface
    private interface Opening {
        BatchReader open() throws IOException;
    }

    /** What was read; empty where that ended in a declared error. */
    private static Optional<EveryValue.Read> read(Opening opening) throws IOException {
        try (BatchReader reader = opening.open()) {
            return Optional.of(EveryValue.of(reader));
        } catch (LightstreamException declared) {
            return Optional.empty();
        }
    }

    private BatchReader open(Path path, boolean isStream) throws IOException {
        FileChannel channel = FileChannel.open(path);
        IpcReadOptions options = IpcReadOptions.defaults();
        return isStream
                ? IpcStreamReader.open(channel, memory.allocator(), options)
                : IpcFileReader.open(channel, memory.allocator(), options);
    }
}
