package io.lightstream.codec.ipc;

import static io.lightstream.codec.ipc.Tables.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.Column;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.Validation;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks odd and is right, and what each degree of validation lets pass. */
class LenientReadTest {
    private static final Schema TWO = Schema.of(Tables.INT.withName("a"), Tables.INT.withName("b"));

    private LightstreamMemory memory;

    @BeforeEach
    void open() {
        memory = LightstreamMemory.create();
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private byte[] two(int rows) {
        try (BatchBuilder builder = BatchBuilder.create(TWO, memory)) {
            for (int i = 0; i < rows; i++) {
                builder.appendRow(i, -i);
            }
            try (RecordBatch batch = builder.finish()) {
                return Ipc.stream(batch);
            }
        }
    }

    private List<List<String>> read(byte[] stream, int chunk, IpcReadOptions options) throws IOException {
        try (BatchReader reader =
                IpcStreamReader.open(new InMemoryFile(stream, chunk).asStream(), memory.allocator(), options)) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.batch().aligned()).isTrue();
            return reader.batch().columns().stream().map(Tables::texts).toList();
        }
    }

    /** Large enough to be read in place, and small enough not to be. */
    @ParameterizedTest
    @ValueSource(ints = {10, 20_000})
    void buffersMayOverlapAndLieInAnyOrder(int rows) throws IOException {
        for (int chunk : new int[] {Integer.MAX_VALUE, 1000}) {
            byte[] stream = two(rows);
            List<List<String>> right = read(stream, chunk, Ipc.READ);
            Patch batch = Patch.of(stream, 1);
            long a = batch.bufferOffset(1);
            long b = batch.bufferOffset(3);
            long length = batch.bufferLength(1);
            batch.buffer(1, b, length).buffer(3, a, length);
            assertThat(read(stream, chunk, Ipc.READ)).containsExactly(right.get(1), right.get(0));
            batch.buffer(1, a, length).buffer(3, a, length);
            assertThat(read(stream, chunk, Ipc.READ)).containsExactly(right.get(0), right.get(0));
            batch.rows(rows - 2).node(0, rows - 2, 0).node(1, rows - 2, 0).buffer(3, a + 8, length - 8);
            assertThat(read(stream, chunk, Ipc.READ))
                    .containsExactly(
                            right.get(0).subList(0, rows - 2), right.get(0).subList(2, rows));
            assertThat(read(stream, chunk, Ipc.READ.withColumns("b")))
                    .containsExactly(right.get(0).subList(2, rows));
        }
    }

    /** Other writers align to 8 only. */
    @Test
    void buffersMayLieOnAnyMultipleOf8() throws IOException {
        byte[] stream = two(10);
        Patch batch = Patch.of(stream, 1);
        int from = batch.inBuffer(3, 0);
        byte[] moved = stream.clone();
        System.arraycopy(stream, from, moved, from + 8, 40);
        Patch.of(moved, 1).buffer(3, batch.bufferOffset(3) + 8, 40);
        assertThat(read(moved, Integer.MAX_VALUE, Ipc.READ)).isEqualTo(read(stream, Integer.MAX_VALUE, Ipc.READ));
    }

    @Test
    void nullsNeedNotBeCounted() throws IOException {
        byte[] stream;
        try (RecordBatch batch = Tables.column(memory.allocator(), Tables.INT, 1, null, 3, null)) {
            stream = Ipc.stream(batch);
        }
        Patch.of(stream, 1).node(0, 4, -1);
        try (BatchReader reader = Ipc.openStream(stream, memory.allocator())) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.batch().column(0).nullCount()).isEqualTo(2);
            assertThat(texts(reader.batch().column(0))).containsExactly("1", "null", "3", "null");
        }
    }

    /** The count and the bitmap disagree: everybody goes by the count. */
    @Test
    void aNullCountOfZeroCountsMoreThanTheBitmap() throws IOException {
        byte[] stream;
        byte[] right;
        try (RecordBatch batch = Tables.column(memory.allocator(), Tables.INT, 1, null, 3);
                RecordBatch full = Tables.column(memory.allocator(), Tables.INT, 1, 0, 3)) {
            stream = Ipc.stream(batch);
            right = Ipc.stream(full);
        }
        Patch.of(stream, 1).node(0, 3, 0);
        for (Validation validation : Validation.values()) {
            IpcReadOptions options = Ipc.READ.withValidation(validation);
            try (ArrowBuf bytes = memory.allocator().buffer(stream.length);
                    BatchReader copied = Ipc.openStream(stream, memory.allocator(), options);
                    BatchReader inPlace = inMemory(stream, bytes, options);
                    BatchReader expected = Ipc.openStream(right, memory.allocator())) {
                assertThat(expected.next()).isTrue();
                for (BatchReader reader : List.of(copied, inPlace)) {
                    assertThat(reader.next()).isTrue();
                    Column column = reader.batch().column(0);
                    assertThat(column.nullCount()).isZero();
                    assertThat(column.isNull(1)).isFalse();
                    assertThat(column.validityWord(0))
                            .isEqualTo(expected.batch().column(0).validityWord(0));
                    assertThat(column.data().length(0)).isZero();
                    assertThat(BatchComparison.compare(expected.batch(), reader.batch()))
                            .isEmpty();
                }
            }
        }
    }

    private BatchReader inMemory(byte[] stream, ArrowBuf bytes, IpcReadOptions options) throws IOException {
        NativeMemory.copy(stream, 0, bytes.memoryAddress(), stream.length);
        bytes.writerIndex(stream.length);
        return IpcMemoryReader.open(bytes, memory.allocator(), options);
    }

    /** A delta makes one bitmap of several. */
    @Test
    void deltasGoByTheNullCountToo() throws IOException {
        Field field = Tables.dictionary(Tables.INT, 5, 8, true);
        byte[] stream;
        try (BatchBuilder builder = BatchBuilder.create(Schema.of(field), memory)) {
            Tables.append(builder, 1, 2);
            RecordBatch first = builder.finish();
            Tables.append(builder, 3);
            RecordBatch second = builder.finish();
            IpcWriteOptions options = IpcWriteOptions.defaults().withDictionaryDeltas(true);
            try (first;
                    second) {
                stream = Ipc.stream(first.schema(), options, List.of(first, second));
            }
        }
        // The bitmap of the values is the first value: a one and zeros.
        Patch dictionary = Patch.of(stream, 1);
        dictionary.buffer(0, dictionary.bufferOffset(1), dictionary.bufferLength(1));
        try (BatchReader reader = Ipc.openStream(stream, memory.allocator())) {
            assertThat(reader.next()).isTrue();
            assertThat(texts(reader.batch().column(0))).containsExactly("1", "2");
            assertThat(reader.next()).isTrue();
            Column values = reader.batch().column(0).dictionary().orElseThrow();
            assertThat(texts(values)).containsExactly("1", "2", "3");
            assertThat(values.nullCount()).isZero();
            assertThat(values.validityWord(0) & 7).isEqualTo(7);
        }
    }

    @Test
    void theMarkerAtTheEndMayBeMissing() throws IOException {
        byte[] stream = two(3);
        assertThat(read(Arrays.copyOf(stream, stream.length - 8), 1, Ipc.READ)).isEqualTo(read(stream, 1, Ipc.READ));
    }

    /** Before 0.15 there was no continuation marker. */
    @Test
    void oldPrefixesAreRead() throws IOException {
        byte[] stream = two(3);
        java.io.ByteArrayOutputStream old = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < 2; i++) {
            Patch message = Patch.of(stream, i);
            old.write(stream, message.position() + 4, message.end() - message.position() - 4);
        }
        old.write(new byte[4]);
        for (int chunk : new int[] {1, Integer.MAX_VALUE}) {
            assertThat(read(old.toByteArray(), chunk, Ipc.READ)).isEqualTo(read(stream, chunk, Ipc.READ));
        }
    }

    private byte[] text(Field field, int replaced) {
        try (RecordBatch batch = Tables.column(memory.allocator(), field, "plain", null, "grüße aus der ferne")) {
            byte[] stream = Ipc.stream(batch);
            Patch patch = Patch.of(stream, 1);
            // The second byte of ü.
            patch.putByte(
                    field.type() instanceof DataType.Utf8View ? patch.inBuffer(2, 3) : patch.inBuffer(2, 8), replaced);
            return stream;
        }
    }

    @Test
    void textIsCheckedOnRequest() throws IOException {
        for (DataType type : List.of(new DataType.Utf8(), new DataType.LargeUtf8(), new DataType.Utf8View())) {
            Field field = Field.of("v", type);
            IpcReadOptions utf8 = Ipc.READ.withValidation(Validation.FULL_UTF8);
            byte[] right = text(field, 0xBC);
            assertThat(read(right, 1, utf8)).containsExactly(List.of("plain", "null", "grüße aus der ferne"));
            byte[] wrong = text(field, 0x28);
            assertThatThrownBy(() -> read(wrong, 1, utf8))
                    .isInstanceOf(MalformedStreamException.class)
                    .hasMessageContaining("row 2 of text field 'v': expected UTF-8");
            assertThat(read(wrong, 1, Ipc.READ)).hasSize(1);
        }
    }

    /** Structure alone: values pass that lead nowhere, and getters of fixed-width columns stay inside all the same. */
    @Test
    void structureLeavesValuesAlone() throws IOException {
        byte[] stream;
        try (RecordBatch batch = Tables.column(memory.allocator(), Tables.TEXT, "a", "b", "c")) {
            stream = Ipc.stream(batch);
        }
        Patch patch = Patch.of(stream, 1);
        patch.putInt(patch.inBuffer(1, 8), 1);
        patch.putInt(patch.inBuffer(1, 4), 2);
        assertThatThrownBy(() -> read(stream, 1, Ipc.READ)).isInstanceOf(MalformedStreamException.class);
        IpcReadOptions structure = Ipc.READ.withValidation(Validation.STRUCTURE);
        try (BatchReader reader = IpcStreamReader.open(new InMemoryFile(stream), memory.allocator(), structure)) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.batch().column(0).getString(0)).isEqualTo("ab");
            assertThatThrownBy(() -> reader.batch().column(0).getString(3))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        patch.buffer(1, patch.bufferOffset(1), 15);
        assertThatThrownBy(() -> read(stream, 1, structure))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageContaining("OFFSETS buffer");
    }
}
