package io.lightstream.codec.ipc;

import static io.lightstream.codec.ipc.Tables.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dictionaries that grow, are replaced, are missing or nobody wants. */
class DictionaryReadTest {
    private static final Field DICTIONARY = Tables.dictionary(Tables.TEXT, 5, 8, true);
    private static final Field NESTED = Tables.dictionary(
            Field.of(
                    "v",
                    new DataType.ListType(),
                    Tables.dictionary(Field.of("item", new DataType.Utf8()), 6, 16, false)),
            5,
            8,
            true);

    private LightstreamMemory memory;

    @BeforeEach
    void open() {
        memory = LightstreamMemory.create();
    }

    @AfterEach
    void close() {
        memory.close();
    }

    /** Three batches: the second one's dictionary has grown, the third one's is another. */
    private List<RecordBatch> changing(Field field, Object a, Object b, Object c) {
        try (BatchBuilder builder = BatchBuilder.create(Schema.of(field), memory)) {
            List<RecordBatch> batches = new ArrayList<>();
            Tables.append(builder, a, b, null);
            batches.add(builder.finish());
            Tables.append(builder, c, a);
            batches.add(builder.finish());
            builder.resetDictionaries();
            Tables.append(builder, c, b);
            batches.add(builder.finish());
            return batches;
        }
    }

    private byte[] stream(List<RecordBatch> batches, boolean deltas) {
        IpcWriteOptions options = IpcWriteOptions.defaults().withDictionaryDeltas(deltas);
        byte[] stream = Ipc.stream(batches.get(0).schema(), options, batches);
        batches.forEach(RecordBatch::close);
        return stream;
    }

    /** What was taken keeps its values whatever comes after it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takenBatchesKeepTheirDictionary(boolean deltas) throws IOException {
        byte[] flat = stream(changing(DICTIONARY, "a", "b", "c"), deltas);
        assertThat(takenTexts(flat)).containsExactly(List.of("a", "b", "null"), List.of("c", "a"), List.of("c", "b"));
        byte[] nested = stream(changing(NESTED, List.of("x"), List.of("y", "x"), List.of("z")), deltas);
        assertThat(takenTexts(nested))
                .containsExactly(List.of("[x]", "[y, x]", "null"), List.of("[z]", "[x]"), List.of("[z]", "[y, x]"));
    }

    private List<List<String>> takenTexts(byte[] stream) throws IOException {
        List<RecordBatch> taken = new ArrayList<>();
        try (BatchReader reader = Ipc.openStream(stream, memory.allocator())) {
            while (reader.next()) {
                taken.add(reader.batch().take(memory.allocator()));
            }
        }
        List<List<String>> texts =
                taken.stream().map(batch -> texts(batch.column(0))).toList();
        taken.forEach(RecordBatch::close);
        return texts;
    }

    @Test
    void deltasKeepTheOldDictionaryForSlicesOfOldBatches() throws IOException {
        byte[] stream = stream(changing(DICTIONARY, "a", "b", "c"), true);
        try (BatchReader reader = Ipc.openStream(stream, memory.allocator())) {
            assertThat(reader.next()).isTrue();
            try (RecordBatch slice = reader.batch().slice(1, 2)) {
                assertThat(reader.next()).isTrue();
                assertThat(reader.batch().column(0).dictionary().orElseThrow().length())
                        .isEqualTo(3);
                assertThat(slice.column(0).dictionary().orElseThrow().length()).isEqualTo(2);
                assertThat(texts(slice.column(0))).containsExactly("b", "null");
            }
        }
    }

    @Test
    void filesHaveDeltasWhereverTheirBatchesAreRead() throws IOException {
        List<RecordBatch> batches = changing(DICTIONARY, "a", "b", "c");
        IpcWriteOptions options = IpcWriteOptions.defaults().withWholeDictionaries(false);
        byte[] file = Ipc.file(batches.get(0).schema(), options, batches);
        batches.forEach(RecordBatch::close);
        try (IpcFileReader reader = Ipc.openFile(file, memory.allocator());
                RecordBatch last = reader.read(2);
                RecordBatch first = reader.read(0)) {
            assertThat(reader.footer().dictionaries()).hasSize(2);
            assertThat(texts(last.column(0))).containsExactly("c", "b");
            assertThat(texts(first.column(0))).containsExactly("a", "b", "null");
        }
    }

    /** The first batch without the dictionary before it. */
    @Test
    void aMissingDictionaryIsAnError() {
        byte[] stream = stream(changing(DICTIONARY, "a", "b", "c"), true);
        byte[] without = without(stream, 1);
        assertThatThrownBy(() -> readAll(without, Ipc.READ))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessage(
                        "[test @%d] dictionary of field 'v': expected dictionary 5 before the first batch that uses"
                                + " it, found none",
                        Patch.of(stream, 1).position());
    }

    @Test
    void aDeltaOfNothingIsAnError() {
        byte[] stream = stream(changing(DICTIONARY, "a", "b", "c"), true);
        byte[] without = without(without(stream, 1), 1);
        assertThatThrownBy(() -> readAll(without, Ipc.READ))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageContaining("delta of dictionary 5: expected the dictionary before it, found none");
    }

    @Test
    void aMissingInnerDictionaryIsAnError() {
        byte[] stream = stream(changing(NESTED, List.of("x"), List.of("y"), List.of("z")), true);
        byte[] without = without(stream, 1);
        assertThatThrownBy(() -> readAll(without, Ipc.READ))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageContaining("dictionary of field 'item': expected dictionary 6 before");
    }

    /** As Arrow Java writes them, and C++ reads them. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void outerDictionariesMayComeBeforeInnerOnes(boolean deltas) throws IOException {
        byte[] stream = stream(changing(NESTED, List.of("x"), List.of("y", "x"), List.of("z")), deltas);
        assertThat(takenTexts(swapped(stream, 1)))
                .isEqualTo(takenTexts(stream))
                .first()
                .isEqualTo(List.of("[x]", "[y, x]", "null"));
    }

    @Test
    void outerDictionariesMayBeListedBeforeInnerOnes() throws IOException {
        List<RecordBatch> batches = changing(NESTED, List.of("x"), List.of("y", "x"), List.of("z"));
        byte[] file = Ipc.file(batches.get(0).schema(), IpcWriteOptions.defaults(), batches.subList(0, 1));
        batches.forEach(RecordBatch::close);
        Flatbuffer footer = Flatbuffer.root(
                file,
                file.length
                        - 10
                        - ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 10));
        int inner = footer.vector(2) + Integer.BYTES;
        byte[] blocks = Arrays.copyOfRange(file, inner, inner + 48);
        System.arraycopy(blocks, 24, file, inner, 24);
        System.arraycopy(blocks, 0, file, inner + 24, 24);
        try (IpcFileReader reader = Ipc.openFile(file, memory.allocator());
                RecordBatch batch = reader.read(0)) {
            assertThat(texts(batch.column(0))).containsExactly("[x]", "[y, x]", "null");
        }
        assertThatThrownBy(() -> {
                    System.arraycopy(blocks, 24, file, inner + 24, 24);
                    try (IpcFileReader reader = Ipc.openFile(file, memory.allocator())) {
                        reader.read(0).close();
                    }
                })
                .isInstanceOf(MalformedStreamException.class);
    }

    /** What could not be checked when it came is checked when it can be. */
    @Test
    void indicesOfOuterDictionariesAreCheckedWhenTheInnerOneComes() {
        byte[] stream = stream(changing(NESTED, List.of("x"), List.of("y", "x"), List.of("z")), true);
        Patch outer = Patch.of(stream, 2);
        outer.putShort(outer.inBuffer(3, 2), 7);
        assertThatThrownBy(() -> readAll(swapped(stream, 1), Ipc.READ))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageContaining("index 1 of field 'item': expected below the 2 values of dictionary 6, found 7");
    }

    /** It waits, and takes room. */
    @Test
    void whatWaitsForAnotherDictionaryIsLimited() {
        byte[] stream = stream(changing(NESTED, List.of("x"), List.of("y"), List.of("z")), true);
        Patch outer = Patch.of(stream, 2);
        ByteArrayOutputStream often = new ByteArrayOutputStream();
        often.write(stream, 0, Patch.of(stream, 1).position());
        for (int i = 0; i < 50; i++) {
            often.write(stream, outer.position(), outer.end() - outer.position());
        }
        byte[] waiting = often.toByteArray();
        IpcReadOptions tight = Ipc.READ.withLimits(Ipc.READ.limits().withMaxDictionaryBytes(4_000));
        assertThatThrownBy(() -> readAll(waiting, tight))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("maxDictionaryBytes");
    }

    /** Columnar.rst, "Dictionary Messages": the dictionary of a column of nulls may come after its batch. */
    @Test
    void nullsNeedNoDictionary() throws IOException {
        byte[] stream;
        try (BatchBuilder builder = BatchBuilder.create(Schema.of(DICTIONARY), memory)) {
            Tables.append(builder, null, null);
            RecordBatch nulls = builder.finish();
            RecordBatch none = builder.finish();
            Tables.append(builder, "a", null);
            stream = stream(List.of(nulls, none, builder.finish()), false);
        }
        byte[] late = without(stream, 1);
        assertThat(takenTexts(late)).containsExactly(List.of("null", "null"), List.of(), List.of("a", "null"));
        Patch lying = Patch.of(late, 1);
        lying.putByte(lying.inBuffer(0, 0), 1);
        assertThatThrownBy(() -> readAll(late, Ipc.READ))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageContaining("index 0 of field 'v': expected below the 0 values of dictionary 5");
    }

    /** With the messages {@code first} and the one behind it in the other order. */
    private static byte[] swapped(byte[] stream, int first) {
        Patch one = Patch.of(stream, first);
        Patch other = Patch.of(stream, first + 1);
        byte[] swapped = stream.clone();
        int length = other.end() - other.position();
        System.arraycopy(stream, other.position(), swapped, one.position(), length);
        System.arraycopy(stream, one.position(), swapped, one.position() + length, one.end() - one.position());
        return swapped;
    }

    private static byte[] without(byte[] stream, int message) {
        Patch gone = Patch.of(stream, message);
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.write(stream, 0, gone.position());
        rest.write(stream, gone.end(), stream.length - gone.end());
        return rest.toByteArray();
    }

    private void readAll(byte[] stream, IpcReadOptions options) throws IOException {
        long before = memory.allocator().getAllocatedMemory();
        try (BatchReader reader =
                IpcStreamReader.open(new InMemoryFile(stream).asStream(), memory.allocator(), options)) {
            while (reader.next()) {
                reader.batch().columns();
            }
        } finally {
            assertThat(memory.allocator().getAllocatedMemory()).isEqualTo(before);
        }
    }

    /** All that is kept counts, whether it came compressed or in pieces. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keptDictionariesAreLimited(boolean compressed) throws IOException {
        String text = "ten bytes ".repeat(1000);
        List<RecordBatch> batches = changing(DICTIONARY, "a" + text, "b" + text, "c" + text);
        IpcWriteOptions options = IpcWriteOptions.defaults()
                .withDictionaryDeltas(true)
                .withCompression(compressed ? Compression.ZSTD : Compression.NONE);
        byte[] stream = Ipc.stream(batches.get(0).schema(), options, batches);
        batches.forEach(RecordBatch::close);
        IpcReadOptions roomy = Ipc.READ.withLimits(Ipc.READ.limits().withMaxDictionaryBytes(40_000));
        readAll(stream, roomy);
        IpcReadOptions tight = Ipc.READ.withLimits(Ipc.READ.limits().withMaxDictionaryBytes(25_000));
        assertThatThrownBy(() -> readAll(stream, tight))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("maxDictionaryBytes");
    }

    /** Nobody asks for the dictionary, so it may be wrong, and as large as it likes. */
    @Test
    void dictionariesOfOtherColumnsAreSkipped() throws IOException {
        Field plain = Field.of("n", new DataType.Int(32, true));
        try (BatchBuilder builder = BatchBuilder.create(Schema.of(DICTIONARY, plain), memory)) {
            builder.appendRow("a".repeat(50_000), 1);
            builder.appendRow("b".repeat(50_000), 2);
            try (RecordBatch batch = builder.finish()) {
                byte[] stream = Ipc.stream(batch);
                Patch dictionary = Patch.of(stream, 1);
                dictionary.putInt(dictionary.inBuffer(1, 4), -1);
                IpcReadOptions options = Ipc.READ.withColumns("n");
                try (BatchReader reader =
                        IpcStreamReader.open(new InMemoryFile(stream).asStream(), memory.allocator(), options)) {
                    assertThat(reader.schema()).isEqualTo(Schema.of(plain));
                    assertThat(reader.next()).isTrue();
                    assertThat(texts(reader.batch().column("n"))).containsExactly("1", "2");
                }
                dictionary.bodyLength(Long.MAX_VALUE);
                assertThatThrownBy(() -> readAll(stream, options)).isInstanceOf(TruncatedStreamException.class);
                dictionary.bodyLength(Patch.of(Ipc.stream(batch), 1).end() - dictionary.body());
                assertThatThrownBy(() -> IpcStreamReader.open(
                                        new InMemoryFile(stream), memory.allocator(), Ipc.READ.withColumns("v"))
                                .next())
                        .isInstanceOf(MalformedStreamException.class);
            }
        }
    }
}
