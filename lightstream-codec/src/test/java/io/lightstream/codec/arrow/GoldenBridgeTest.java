package io.lightstream.codec.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.ipc.IpcFileReader;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.TestCorpora;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every golden file through Arrow Java's vectors and back, whole, in slices and by way of an {@link ArrowReader}. */
class GoldenBridgeTest {
    static Stream<Path> sources() {
        return TestCorpora.golden(".arrow_file").stream();
    }

    /** What Arrow Java cannot hold, by the name of the file. */
    private static boolean isBeyondArrow(Path source) {
        return Stream.of("decimal32", "decimal64").anyMatch(source.getFileName().toString()::contains);
    }

    @ParameterizedTest
    @MethodSource("sources")
    void toRootAndBack(Path source) throws IOException {
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            try (BatchReader in = open(source, memory)) {
                while (in.next()) {
                    long rows = in.batch().rowCount();
                    for (long[] range : List.of(new long[] {0, rows}, new long[] {rows / 3, rows / 2})) {
                        try (RecordBatch part = in.batch().slice(range[0], range[1])) {
                            checkRoundTrip(part, memory, isBeyondArrow(source));
                        }
                    }
                }
            }
            assertThat(memory.allocator().getAllocatedMemory()).isZero();
        }
    }

    private static void checkRoundTrip(RecordBatch batch, LightstreamMemory memory, boolean beyondArrow)
            throws IOException {
        try (ArrowBatch arrow = ArrowBatches.toRoot(batch, memory.allocator(), ArrowConversion.EXACT);
                RecordBatch back = borrow(arrow.root(), arrow.dictionaries(), batch.schema())) {
            assertThat(beyondArrow).isFalse();
            assertThat(BatchComparison.compare(batch, back)).isEmpty();
        } catch (UnsupportedFeatureException declared) {
            assertThat(beyondArrow).as(declared.getMessage()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void asArrowReader(Path source) throws IOException {
        if (isBeyondArrow(source)) {
            return;
        }
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            try (BatchReader expected = open(source, memory);
                    ArrowReader found = open(source, memory).asArrowReader(memory.allocator())) {
                var dictionaries = new DictionaryProvider.MapDictionaryProvider();
                found.getDictionaryVectors().values().forEach(dictionaries::put);
                while (expected.next()) {
                    assertThat(found.loadNextBatch()).isTrue();
                    try (RecordBatch batch = borrow(found.getVectorSchemaRoot(), dictionaries, expected.schema())) {
                        assertThat(BatchComparison.compare(expected.batch(), batch))
                                .isEmpty();
                    }
                }
                assertThat(found.loadNextBatch()).isFalse();
            }
            assertThat(memory.allocator().getAllocatedMemory()).isZero();
        }
    }

    /** Arrow Java forgets the names of the children of dictionary values; then those of the schema are taken. */
    private static RecordBatch borrow(VectorSchemaRoot root, DictionaryProvider dictionaries, Schema schema) {
        boolean nested = schema.fields().stream()
                .anyMatch(field ->
                        field.dictionary().isPresent() && !field.children().isEmpty());
        return nested ? ArrowBatches.borrow(root, dictionaries, schema) : ArrowBatches.borrow(root, dictionaries);
    }

    private static BatchReader open(Path source, LightstreamMemory memory) throws IOException {
        return IpcFileReader.open(
                FileChannel.open(source),
                memory.allocator(),
                IpcReadOptions.defaults().withSource(source.getFileName().toString()));
    }
}
