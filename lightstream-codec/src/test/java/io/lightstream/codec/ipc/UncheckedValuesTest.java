package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.Column;
import io.lightstream.codec.InvalidValueException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.arrow.ArrowBatches;
import io.lightstream.codec.arrow.ArrowConversion;
import io.lightstream.codec.build.UnionBuilder.Tagged;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.internal.concat.ColumnConcatenation;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DataType.UnionMode;
import io.lightstream.codec.schema.Field;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One lie each, so large that to believe it would end the process: who follows it says what is wrong, and where. */
class UncheckedValuesTest {
    private static final String ADVICE = "; read with Validation.FULL to have values checked on reading";
    private static final Field ITEM = Field.of("item", new DataType.Int(32, true));
    private static final long FAR = Long.MAX_VALUE / 8;
    private static final String LONG_TEXT = "a text that is too long for a view";

    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingIsHeld() {
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
    }

    @FunctionalInterface
    private interface Lie {
        void tell(Patch batch);
    }

    @FunctionalInterface
    private interface Check {
        void of(RecordBatch batch) throws IOException;
    }

    /** Changes the batch of one column that holds the values, and looks at what is read then. */
    private void read(Field field, List<?> values, Lie lie, Check check) throws IOException {
        byte[] stream;
        try (RecordBatch batch = Tables.column(memory.allocator(), field, values.toArray())) {
            stream = Ipc.stream(batch);
        }
        lie.tell(Patch.of(stream, field.dictionary().isPresent() ? 2 : 1));
        try (BatchReader reader = Ipc.openStream(stream, memory.allocator(), EveryUse.STRUCTURE)) {
            assertThat(reader.next()).isTrue();
            check.of(reader.batch());
        }
    }

    private static void refuses(String message, ThrowingCallable... uses) {
        for (ThrowingCallable use : uses) {
            assertThatThrownBy(use).isInstanceOf(InvalidValueException.class).hasMessage(message + ADVICE);
        }
    }

    /** Whoever follows the values of a whole column. */
    private void refusesWhole(String message, RecordBatch batch) {
        Column column = batch.column(0);
        refuses(
                message,
                batch::toString,
                () -> BatchComparison.compare(batch, batch),
                () -> ColumnConcatenation.concatenate(List.of(column, column), memory.allocator()));
    }

    private void refusesToWrite(String message, RecordBatch batch) {
        refuses(message, () -> Ipc.stream(batch), () -> Ipc.file(batch));
    }

    private void refusesToBridge(String message, RecordBatch batch) {
        refuses(message, () -> ArrowBatches.toRoot(batch, memory.allocator(), ArrowConversion.EXACT));
    }

    // ---- offsets

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 1, 7})
    void offsetsOfText(int end) throws IOException {
        read(Tables.TEXT, List.of("ab", "cd", "ef"), batch -> batch.putInt(batch.inBuffer(1, 12), end), batch -> {
            String message = "offsets of row 2 of column 'v': expected a range of 6 bytes, found 4.." + end;
            Column column = batch.column(0);
            assertThat(column.getString(1)).isEqualTo("cd");
            refuses(
                    message,
                    () -> column.getString(2),
                    () -> column.getBytes(2),
                    () -> column.byteLength(2),
                    () -> column.text(2),
                    batch::toString);
            if (end != 1) {
                String ofAll = message.replace("found 4..", "found 0..");
                refusesToWrite(ofAll, batch);
                refusesToBridge(ofAll, batch);
                assertThatThrownBy(() -> BatchComparison.compare(batch, batch))
                        .isInstanceOf(InvalidValueException.class);
            }
            try (RecordBatch last = batch.slice(2, 1)) {
                refusesToWrite(message.replace("row 2", "row 0"), last);
                refusesWhole(message.replace("row 2", "row 0"), last);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {FAR, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void offsetsOfLargeText(long start) throws IOException {
        read(
                Field.of("v", new DataType.LargeUtf8()),
                List.of("ab", "cd"),
                batch -> batch.putLong(batch.inBuffer(1, 8), start),
                batch -> {
                    String message =
                            "offsets of row 1 of column 'v': expected a range of 4 bytes, found " + start + "..4";
                    refuses(
                            message,
                            () -> batch.column(0).getString(1),
                            () -> batch.column(0).byteLength(1));
                    try (RecordBatch last = batch.slice(1, 1)) {
                        refusesToWrite(message.replace("row 1", "row 0"), last);
                        refusesToBridge(message.replace("row 1", "row 0"), last);
                        refusesWhole(message.replace("row 1", "row 0"), last);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(longs = {FAR, Long.MAX_VALUE, Long.MIN_VALUE, 5})
    void offsetsOfLists(long end) throws IOException {
        read(
                Field.of("v", new DataType.LargeList(), ITEM),
                List.of(List.of(1, 2), List.of(3, 4)),
                batch -> batch.putLong(batch.inBuffer(1, 16), end),
                batch -> {
                    String message = "offsets of row 1 of column 'v': expected a range of 4 elements, found 2.." + end;
                    Column column = batch.column(0);
                    refuses(
                            message,
                            () -> column.listStart(1),
                            () -> column.listLength(1),
                            () -> column.text(1),
                            batch::toString);
                    String ofAll = message.replace("found 2..", "found 0..");
                    refusesToWrite(ofAll, batch);
                    refusesToBridge(ofAll, batch);
                    refuses(ofAll, () -> BatchComparison.compare(batch, batch));
                });
    }

    /** Between its ends, what a writer has no need to follow is passed on, and refused by who follows it. */
    @Test
    void offsetsBetweenTheEndsArePassedOn() throws IOException {
        read(
                Tables.TEXT,
                List.of("ab", "cd", "ef"),
                batch -> batch.putInt(batch.inBuffer(1, 8), Integer.MAX_VALUE),
                batch -> {
                    byte[] written = Ipc.stream(batch);
                    try (BatchReader again = Ipc.openStream(written, memory.allocator(), EveryUse.STRUCTURE)) {
                        again.next();
                        refuses(
                                "offsets of row 1 of column 'v': expected a range of 6 bytes, found 2..2147483647",
                                () -> again.batch().column(0).getString(1));
                    }
                    refuses(
                            "offsets of row 1 of column 'v': expected a range of 6 bytes, found 2..2147483647",
                            () -> ColumnConcatenation.concatenate(batch.columns(), memory.allocator()));
                });
    }

    // ---- list views

    @Test
    void listViews() throws IOException {
        Field field = Field.of("v", new DataType.LargeListView(), ITEM);
        List<List<Integer>> lists = List.of(List.of(1, 2), List.of(3, 4));
        for (long lie : new long[] {FAR, Long.MAX_VALUE, -1, Long.MIN_VALUE, 5}) {
            read(field, lists, batch -> batch.putLong(batch.inBuffer(1, 8), lie), batch -> {
                String message =
                        "list view of row 1 of column 'v': expected a range of 4 elements, found " + lie + "+2";
                refuses(
                        message,
                        () -> batch.column(0).listStart(1),
                        () -> batch.column(0).listLength(1));
                refusesWhole(message, batch);
                refusesToBridge(message, batch);
            });
            read(field, lists, batch -> batch.putLong(batch.inBuffer(2, 8), lie), batch -> {
                String message = "list view of row 1 of column 'v': expected a range of 4 elements, found 2+" + lie;
                refuses(
                        message,
                        () -> batch.column(0).listStart(1),
                        () -> batch.column(0).listLength(1));
                refusesWhole(message, batch);
                refusesToBridge(message, batch);
            });
        }
    }

    // ---- views

    @Test
    void views() throws IOException {
        Field field = Field.of("v", new DataType.Utf8View());
        List<String> texts = List.of("short", LONG_TEXT);
        int length = LONG_TEXT.length();
        int far = Integer.MAX_VALUE;
        // Length, buffer and offset of a view that is told to lie in the one data buffer.
        int[][] lies = {
            {far, 0, 0},
            {length + 1, 0, 0},
            {length, 1, 0},
            {length, far, 0},
            {length, -1, 0},
            {length, 0, far},
            {length, 0, -1},
            {length, 0, 1},
            {-1, 0, 0},
            {Integer.MIN_VALUE, 0, 0}
        };
        for (int[] lie : lies) {
            read(
                    field,
                    texts,
                    batch -> batch.putInt(batch.inBuffer(1, 16), lie[0])
                            .putInt(batch.inBuffer(1, 24), lie[1])
                            .putInt(batch.inBuffer(1, 28), lie[2]),
                    batch -> {
                        String message =
                                "view of row 1 of column 'v': expected a range of one of 1 data buffers, found "
                                        + lie[0] + " bytes at " + lie[2] + " of buffer " + lie[1];
                        Column column = batch.column(0);
                        assertThat(column.getString(0)).isEqualTo("short");
                        refuses(message, () -> column.getString(1), () -> column.byteLength(1));
                        refusesWhole(message, batch);
                        try (RecordBatch last = batch.slice(1, 1)) {
                            refusesToWrite(message.replace("row 1", "row 0"), last);
                        }
                    });
        }
    }

    /** What a null row holds means nothing, and is refused by nobody. */
    @Test
    void viewsOfNullsMayBeAnything() throws IOException {
        read(
                Field.of("v", new DataType.Utf8View()),
                Arrays.asList("short", null, LONG_TEXT),
                batch -> batch.putInt(batch.inBuffer(1, 16), Integer.MAX_VALUE),
                batch -> {
                    assertThat(Tables.texts(batch.column(0))).containsExactly("short", "null", LONG_TEXT);
                    assertThat(BatchComparison.compare(batch, batch)).isEmpty();
                    try (RecordBatch slice = batch.slice(1, 2);
                            BatchReader again = Ipc.openStream(Ipc.stream(slice), memory.allocator())) {
                        assertThat(again.next()).isTrue();
                        assertThat(Tables.texts(again.batch().column(0))).containsExactly("null", LONG_TEXT);
                    }
                });
    }

    // ---- unions, dictionaries, runs

    private static Field union(UnionMode mode) {
        return Field.of(
                "v",
                new DataType.Union(mode, List.of(3, 5)),
                Field.of("a", new DataType.Int(32, true)),
                Field.of("b", new DataType.Utf8()));
    }

    /** Enough rows for a slice to count as one. */
    private static List<Tagged> tagged() {
        return IntStream.range(0, 100)
                .mapToObj(i -> i % 2 == 0 ? new Tagged(3, i) : new Tagged(5, "text " + i))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {Byte.MAX_VALUE, Byte.MIN_VALUE, -1, 4})
    void typeIds(int lie) throws IOException {
        String message = "type id of row 1 of column 'v': expected one of [3, 5], found " + lie;
        for (UnionMode mode : UnionMode.values()) {
            read(union(mode), tagged(), batch -> batch.putByte(batch.inBuffer(0, 1), lie), batch -> {
                Column column = batch.column(0);
                assertThat(column.typeId(1)).isEqualTo(lie);
                assertThat(column.text(3)).isEqualTo("text 3");
                refuses(
                        message,
                        () -> column.valueColumn(1),
                        () -> column.isNull(1),
                        () -> column.getString(1),
                        () -> column.text(1),
                        batch::toString,
                        () -> BatchComparison.compare(batch, batch));
                if (mode == UnionMode.DENSE) {
                    refusesWhole(message, batch);
                    refusesToBridge(message, batch);
                    try (RecordBatch part = batch.slice(1, 2)) {
                        refusesToWrite(message.replace("row 1", "row 0"), part);
                    }
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 50})
    void offsetsOfDenseUnions(int lie) throws IOException {
        String message = "offset of row 1 of column 'v': expected below the 50 rows of the child, found " + lie;
        read(union(UnionMode.DENSE), tagged(), batch -> batch.putInt(batch.inBuffer(1, 4), lie), batch -> {
            refuses(
                    message,
                    () -> batch.column(0).valueIndex(1),
                    () -> batch.column(0).getString(1));
            refusesWhole(message, batch);
            refusesToBridge(message, batch);
            try (RecordBatch part = batch.slice(1, 2)) {
                refusesToWrite(message.replace("row 1", "row 0"), part);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {FAR, Long.MAX_VALUE, Long.MIN_VALUE, -1, 2})
    void dictionaryIndices(long lie) throws IOException {
        String message = "index of row 1 of column 'v': expected below the 2 values of the dictionary, found " + lie;
        for (boolean signed : new boolean[] {true, false}) {
            Field field = Tables.dictionary(Tables.TEXT, 7, 64, signed);
            read(field, List.of("a", "b"), batch -> batch.putLong(batch.inBuffer(1, 8), lie), batch -> {
                Column column = batch.column(0);
                refuses(
                        message,
                        () -> column.valueIndex(1),
                        () -> column.getString(1),
                        () -> column.isNull(1),
                        batch::toString,
                        () -> BatchComparison.compare(batch, batch));
                assertThat(column.longs().get(1)).isEqualTo(lie);
            });
        }
    }

    /** Where indices are translated a wrong one could not be told from a right one afterwards. */
    @Test
    void translatedIndices() throws IOException {
        Field field = Tables.dictionary(Tables.TEXT, 7, 8, true);
        ByteSink sink = new ByteSink();
        IpcWriteOptions unify = IpcWriteOptions.defaults().withFileDictionaries(DictionaryPolicy.UNIFY);
        try (RecordBatch first = Tables.column(memory.allocator(), field, "x", "y");
                IpcFileWriter out = IpcFileWriter.open(sink, first.schema(), unify)) {
            out.write(first);
            read(field, Arrays.asList("y", null, "x"), batch -> batch.putByte(batch.inBuffer(1, 1), -7), out::write);
            read(
                    field,
                    List.of("y", "x", "y"),
                    batch -> batch.putByte(batch.inBuffer(1, 2), 99),
                    batch -> refuses(
                            "index of row 2 of column 'v': expected below the 2 values of the dictionary, found 99",
                            () -> out.write(batch)));
            out.write(first);
        }
        try (BatchReader in = Ipc.openFile(sink.toBytes(), memory.allocator())) {
            for (List<String> texts : List.of(List.of("x", "y"), List.of("y", "null", "x"), List.of("x", "y"))) {
                assertThat(in.next()).isTrue();
                assertThat(Tables.texts(in.batch().column(0))).isEqualTo(texts);
            }
            assertThat(in.next()).isFalse();
        }
    }

    private static final Field RUNS = Field.of(
            "v",
            new DataType.RunEndEncoded(),
            Field.required("run_ends", new DataType.Int(32, true)),
            Field.of("values", new DataType.Utf8()));

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 3})
    void lastRunEnds(int lie) throws IOException {
        String message = "run end of row 3 of column 'v': expected above 3, found " + lie;
        read(RUNS, List.of("a", "a", "b", "b"), batch -> batch.putInt(batch.inBuffer(1, 4), lie), batch -> {
            refuses(
                    message,
                    () -> batch.column(0).valueIndex(3),
                    () -> batch.column(0).getString(3));
            refusesToWrite(message, batch);
            refuses(message, () -> ColumnConcatenation.concatenate(batch.columns(), memory.allocator()));
            assertThatThrownBy(() -> BatchComparison.compare(batch, batch)).isInstanceOf(InvalidValueException.class);
        });
    }

    @Test
    void runEndsThatFall() throws IOException {
        List<String> values = List.of("a", "b", "b", "c", "c");
        read(RUNS, values, batch -> batch.putInt(batch.inBuffer(1, 0), 4), batch -> {
            String message = "run end of row 4 of column 'v': expected above 4, found 3";
            refuses(
                    message,
                    () -> ColumnConcatenation.concatenate(batch.columns(), memory.allocator()),
                    () -> BatchComparison.compare(batch, batch));
        });
    }

    // ---- reading

    @Test
    void deltasThatAreFollowedWhileReading() throws IOException {
        Field field = Tables.dictionary(Tables.TEXT, 7, 8, true);
        IpcWriteOptions deltas = IpcWriteOptions.defaults().withDictionaryDeltas(true);
        byte[] stream;
        try (RecordBatch first = Tables.column(memory.allocator(), field, "x", "y");
                RecordBatch second = Tables.column(memory.allocator(), field, "x", "y", "z")) {
            stream = Ipc.stream(first.schema(), deltas, List.of(first, second));
        }
        assertThat(MessageWalk.kinds(stream, 0)).containsExactly("schema", "dictionary", "batch", "delta", "batch");
        Patch delta = Patch.of(stream, 3);
        delta.putInt(delta.inBuffer(1, 4), Integer.MAX_VALUE);
        try (BatchReader reader = Ipc.openStream(stream, memory.allocator(), EveryUse.STRUCTURE)) {
            assertThat(reader.next()).isTrue();
            assertThatThrownBy(reader::next)
                    .isInstanceOf(MalformedStreamException.class)
                    .hasMessageStartingWith("[test @")
                    .hasMessageContaining("delta of dictionary 7: offsets of row 0 of column 'v': "
                            + "expected a range of 1 bytes, found 0..2147483647");
        }
    }

    /** A dictionary that cannot be put together as a whole at the end stays in pieces, and the file gets its footer. */
    @Test
    void aFileIsFinishedWithItsPieces() throws IOException {
        Field field = Tables.dictionary(Tables.TEXT, 7, 8, true);
        byte[] stream;
        try (RecordBatch batch = Tables.column(memory.allocator(), field, "x", "y", "z")) {
            stream = Ipc.stream(batch);
        }
        Patch dictionary = Patch.of(stream, 1);
        dictionary.putInt(dictionary.inBuffer(1, 8), -5);
        ByteSink sink = new ByteSink();
        try (BatchReader reader = Ipc.openStream(stream, memory.allocator(), EveryUse.STRUCTURE);
                RecordBatch good = Tables.column(memory.allocator(), field, "x")) {
            assertThat(reader.next()).isTrue();
            try (IpcFileWriter out = IpcFileWriter.open(sink, good.schema(), IpcWriteOptions.defaults())) {
                out.write(good);
                out.write(reader.batch());
            }
        }
        try (IpcFileReader in =
                IpcFileReader.open(new InMemoryFile(sink.toBytes()), memory.allocator(), EveryUse.STRUCTURE)) {
            assertThat(in.batchCount()).isEqualTo(2);
            assertThatThrownBy(() -> in.read(0))
                    .isInstanceOf(MalformedStreamException.class)
                    .hasMessageContaining("offsets of row 0 of column 'v': expected a range of 2 bytes, found 0..-6");
        }
    }

    /** A column without rows needs no offsets, and a length that is none of an offset is as good as nothing. */
    @Test
    void offsetsOfNoRows() throws IOException {
        read(Tables.TEXT, List.of(), batch -> batch.buffer(1, batch.bufferOffset(1), 1), batch -> {
            assertThat(batch.column(0).offsets().remaining()).isEqualTo(1);
            assertThat(batch.column(0).offsets().get(0)).isZero();
            assertThat(BatchComparison.compare(batch, batch)).isEmpty();
            Ipc.stream(batch);
        });
    }
}
