package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.Column;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.build.Columns;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When dictionaries are written again, as what, and what readers make of it. */
class DictionaryWritingTest {
    private static final int FILE_MAGIC_BYTES = 8;

    private final LightstreamMemory memory = LightstreamMemory.create();
    private final Schema schema = schema(8);

    @TempDir
    Path folder;

    @AfterEach
    void nothingIsHeld() {
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
    }

    private static Schema schema(int indexBits) {
        DictionaryEncoding encoding = new DictionaryEncoding(7, new DataType.Int(indexBits, true), false);
        return Schema.of(Field.of("city", new DataType.Utf8()).withDictionary(encoding));
    }

    /** A batch whose dictionary has the distinct values in the order in which they come. */
    private RecordBatch batch(@Nullable String... values) {
        return batch(schema, values);
    }

    private RecordBatch batch(Schema of, @Nullable String... values) {
        try (BatchBuilder builder = BatchBuilder.create(of, memory)) {
            for (String value : values) {
                builder.appendRow((Object) value);
            }
            return builder.finish();
        }
    }

    private static List<@Nullable String> texts(Column column) {
        List<@Nullable String> texts = new ArrayList<>();
        for (long row = 0; row < column.length(); row++) {
            texts.add(column.isNull(row) ? null : column.getString(row));
        }
        return texts;
    }

    private byte[] stream(IpcWriteOptions options, String[]... batches) throws IOException {
        ByteSink sink = new ByteSink();
        try (BatchWriter out = IpcStreamWriter.open(sink, schema, options)) {
            write(out, batches);
        }
        try (BatchReader in = IpcStreamReader.open(sink.reopen(), memory.allocator(), IpcReadOptions.defaults())) {
            check(in, batches);
        }
        return sink.toBytes();
    }

    private byte[] file(IpcWriteOptions options, String[]... batches) throws IOException {
        ByteSink sink = new ByteSink();
        try (BatchWriter out = IpcFileWriter.open(sink, schema, options)) {
            write(out, batches);
        }
        Path path = Files.write(folder.resolve("file.arrow"), sink.toBytes());
        try (BatchReader in =
                IpcFileReader.open(FileChannel.open(path), memory.allocator(), IpcReadOptions.defaults())) {
            check(in, batches);
        }
        return sink.toBytes();
    }

    private void write(BatchWriter out, String[]... batches) throws IOException {
        for (String[] values : batches) {
            try (RecordBatch batch = batch(values)) {
                out.write(batch);
            }
        }
    }

    private static void check(BatchReader in, String[]... batches) throws IOException {
        for (String[] values : batches) {
            assertThat(in.next()).isTrue();
            assertThat(texts(in.batch().column(0))).isEqualTo(Arrays.asList(values));
        }
        assertThat(in.next()).isFalse();
    }

    private static String[] values(@Nullable String... values) {
        return values;
    }

    /** A file has one dictionary for all batches, so run ends of two that have nothing in common must fit together. */
    @Test
    void runEndsOfAFilesDictionaryHaveALimit() throws IOException {
        Field ends = Field.required("run_ends", new DataType.Int(16, true));
        Field runs = Field.of("r", new DataType.RunEndEncoded(), ends, Field.of("values", new DataType.Int(32, true)));
        Schema direct = Schema.of(Tables.dictionary(runs, 1, 32, true));
        Schema within = Schema.of(Tables.dictionary(Field.of("l", new DataType.ListType(), runs), 1, 32, true));
        assertThatThrownBy(() -> file(direct, value -> value))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("dictionary 1 grows to 40000 values, but its types have room for only 32767");
        // Deeper inside nobody looks; then the file has the dictionary in two pieces only, and readers say what is
        // wrong.
        byte[] bytes = file(within, value -> List.of(value));
        try (BatchReader in = Ipc.openFile(bytes, memory.allocator())) {
            assertThatThrownBy(in::next)
                    .isInstanceOf(LightstreamException.class)
                    .hasMessageContaining("dictionary 1 outgrows");
        }
    }

    private byte[] file(Schema runs, IntFunction<Object> value) throws IOException {
        ByteSink sink = new ByteSink();
        try (BatchWriter out = IpcFileWriter.open(sink, runs, IpcWriteOptions.defaults());
                BatchBuilder builder = BatchBuilder.create(runs, memory.allocator())) {
            for (int first : new int[] {0, 20_000}) {
                for (int i = first; i < first + 20_000; i++) {
                    builder.column(0).appendValue(value.apply(i));
                }
                try (RecordBatch batch = builder.finish()) {
                    out.write(batch);
                }
                builder.resetDictionaries();
            }
        }
        return sink.toBytes();
    }

    @Test
    void equalDictionariesAreWrittenOnce() throws IOException {
        byte[] bytes = stream(
                IpcWriteOptions.defaults(), values("a", "b", "a", null), values("a", "b"), values("a", "b", "b"));
        assertThat(MessageWalk.kinds(bytes, 0)).containsExactly("schema", "dictionary", "batch", "batch", "batch");
    }

    @Test
    void grownDictionaryIsReplacedUnlessDeltasAreAllowed() throws IOException {
        String[][] batches = {values("a", "b"), values("a", "b", "c", "d")};
        assertThat(MessageWalk.kinds(stream(IpcWriteOptions.defaults(), batches), 0))
                .containsExactly("schema", "dictionary", "batch", "dictionary", "batch");
        byte[] deltas = stream(IpcWriteOptions.defaults().withDictionaryDeltas(true), batches);
        assertThat(MessageWalk.kinds(deltas, 0)).containsExactly("schema", "dictionary", "batch", "delta", "batch");
        assertThat(MessageWalk.walk(deltas, 0).get(3).batch().length()).isEqualTo(2);
    }

    @Test
    void changedDictionaryIsReplaced() throws IOException {
        byte[] bytes = stream(
                IpcWriteOptions.defaults().withDictionaryDeltas(true), values("a", "b"), values("b", "a"), values("x"));
        assertThat(MessageWalk.kinds(bytes, 0))
                .containsExactly("schema", "dictionary", "batch", "dictionary", "batch", "dictionary", "batch");
    }

    @Test
    void fileGrowsByDeltas() throws IOException {
        byte[] bytes = file(IpcWriteOptions.defaults(), values("a"), values("a", "b"), values("a", "b", "c"));
        assertThat(MessageWalk.kinds(bytes, FILE_MAGIC_BYTES))
                .containsExactly("schema", "dictionary", "batch", "delta", "batch", "delta", "batch", "dictionary");
    }

    @Test
    void fileMayKeepItsDeltas() throws IOException {
        byte[] bytes = file(IpcWriteOptions.defaults().withWholeDictionaries(false), values("a"), values("a", "b"));
        assertThat(MessageWalk.kinds(bytes, FILE_MAGIC_BYTES))
                .containsExactly("schema", "dictionary", "batch", "delta", "batch");
    }

    @Test
    void fileUnifiesWhatItCannotReplace() throws IOException {
        byte[] bytes = file(
                IpcWriteOptions.defaults(),
                values("a", "b", null),
                values("b", "a", "b"),
                values("c", "a", "d", null),
                values("d", "b"),
                values("c", "a", "d", "e"));
        assertThat(MessageWalk.kinds(bytes, FILE_MAGIC_BYTES))
                .containsExactly(
                        "schema",
                        "dictionary",
                        "batch",
                        "batch",
                        "delta",
                        "batch",
                        "batch",
                        "delta",
                        "batch",
                        "dictionary");
    }

    @Test
    void fileUnifiesValuesThatItCannotCompare() throws IOException {
        DataType int32 = new DataType.Int(32, true);
        ByteSink sink = new ByteSink();
        try (RecordBatch one = lists(int32, List.of(1, 2), List.of(3), List.of(1, 2));
                RecordBatch two = lists(int32, List.of(3), List.of(), List.of(4, 5))) {
            try (IpcFileWriter out = IpcFileWriter.open(sink, one.schema(), IpcWriteOptions.defaults())) {
                out.write(one);
                out.write(two);
                assertThat(out.finish().dictionaries()).hasSize(1);
            }
            Path path = Files.write(folder.resolve("lists.arrow"), sink.toBytes());
            try (BatchReader in =
                    IpcFileReader.open(FileChannel.open(path), memory.allocator(), IpcReadOptions.defaults())) {
                for (RecordBatch expected : List.of(one, two)) {
                    assertThat(in.next()).isTrue();
                    assertThat(BatchComparison.compare(expected, in.batch())).isEmpty();
                }
            }
        }
    }

    private RecordBatch lists(DataType elements, List<?>... values) {
        return Columns.batch(memory.allocator(), Columns.dictionary(Columns.list("list", elements, values)));
    }

    @Test
    void fileMayRefuseInsteadAndGoesOn() throws IOException {
        IpcWriteOptions options = IpcWriteOptions.defaults()
                .withFileDictionaries(DictionaryPolicy.ERROR)
                .withSink("cities.arrow");
        ByteSink sink = new ByteSink();
        try (IpcFileWriter out = IpcFileWriter.open(sink, schema, options)) {
            write(out, new String[][] {values("a", "b")});
            long position = out.position();
            assertThatThrownBy(() -> write(out, new String[][] {values("b", "a")}))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining("[cities.arrow] dictionary 7");
            assertThat(out.position()).isEqualTo(position);
            write(out, new String[][] {values("a", "b", "c")});
            Footer footer = out.finish();
            assertThat(footer.recordBatches()).hasSize(2);
            assertThat(footer.dictionaries()).as("the whole one alone").hasSize(1);
            assertThat(footer.dictionaries().get(0).offset())
                    .isGreaterThan(footer.recordBatches().get(1).offset());
        }
        assertThat(MessageWalk.kinds(sink.toBytes(), FILE_MAGIC_BYTES))
                .containsExactly("schema", "dictionary", "batch", "delta", "batch", "dictionary");
    }

    @Test
    void unifiedDictionaryMustFitItsIndices() throws IOException {
        String[] first = new String[100];
        String[] second = new String[100];
        for (int i = 0; i < first.length; i++) {
            first[i] = "first" + i;
            second[i] = "second" + i;
        }
        try (IpcFileWriter out = IpcFileWriter.open(new ByteSink(), schema, IpcWriteOptions.defaults())) {
            write(out, new String[][] {first});
            assertThatThrownBy(() -> write(out, new String[][] {second}))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining("grows to 200 values");
            write(out, new String[][] {first});
        }
    }

    @Test
    void columnsThatShareAnIdMustShareTheDictionary() throws IOException {
        Schema twice = Schema.of(schema.field(0), schema.field(0).withName("birthplace"));
        ByteSink sink = new ByteSink();
        try (BatchWriter out = IpcStreamWriter.open(sink, twice, IpcWriteOptions.defaults());
                RecordBatch one = batch("a", "b");
                RecordBatch same = batch("a", "b");
                RecordBatch other = batch("b", "a");
                RecordBatch good = pair(twice, one, same);
                RecordBatch bad = pair(twice, one, other)) {
            assertThatThrownBy(() -> out.write(bad)).isInstanceOf(IllegalArgumentException.class);
            out.write(good);
            assertThatThrownBy(() -> out.write(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("dictionary id 7");
        }
        assertThat(MessageWalk.kinds(sink.toBytes(), 0)).containsExactly("schema", "dictionary", "batch");
    }

    private static Field lists(String name, long id) {
        Field element = Tables.dictionary(Field.of("e", new DataType.Utf8()), 5, 32, true);
        return Tables.dictionary(Field.of(name, new DataType.ListType(), element), id, 32, true);
    }

    /** Two dictionaries of lists, whose elements share a dictionary. */
    private static final Schema NESTED = Schema.of(lists("left", 1), lists("right", 2));

    /** What the dictionary of one column refers to counts also where that column needs nothing new. */
    @Test
    void dictionariesThatShareAnInnerOneMustAgreeOnIt() throws IOException {
        Field left = NESTED.field(0);
        ByteSink sink = new ByteSink();
        try (BatchWriter out = IpcStreamWriter.open(sink, NESTED, IpcWriteOptions.defaults());
                RecordBatch one = Tables.column(memory.allocator(), left, List.of("x"), List.of("x", "y"));
                RecordBatch same = Tables.column(memory.allocator(), left, List.of("x"), List.of("x", "y"));
                RecordBatch grown = Tables.column(memory.allocator(), left, List.of("x", "y"), List.of("z"));
                RecordBatch other = Tables.column(memory.allocator(), left, List.of("p"), List.of("q"));
                RecordBatch first = pair(NESTED, one, same);
                RecordBatch second = pair(NESTED, one, grown);
                RecordBatch onTheRight = pair(NESTED, one, other);
                RecordBatch onTheLeft = pair(NESTED, other, one)) {
            out.write(first);
            for (RecordBatch bad : List.of(onTheRight, onTheLeft)) {
                assertThatThrownBy(() -> out.write(bad))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("dictionary id 5");
            }
            out.write(second);
            assertThatThrownBy(() -> out.write(onTheRight)).isInstanceOf(IllegalArgumentException.class);
            out.write(first);
            out.flush();
            try (BatchReader in = IpcStreamReader.open(sink.reopen(), memory.allocator(), IpcReadOptions.defaults())) {
                for (RecordBatch expected : List.of(first, second, first)) {
                    assertThat(in.next()).isTrue();
                    assertThat(BatchComparison.compare(expected, in.batch())).isEmpty();
                }
            }
        }
    }

    /** The columns of two batches side by side. */
    private static RecordBatch pair(Schema schema, RecordBatch left, RecordBatch right) {
        List<Column> columns =
                List.of(left.column(0), Column.of(right.column(0).data().withField(schema.field(1))));
        left.column(0).data().memory().retain();
        return RecordBatch.of(
                schema, left.rowCount(), columns, left.column(0).data().memory());
    }
}
