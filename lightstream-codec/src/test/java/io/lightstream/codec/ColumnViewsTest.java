package io.lightstream.codec;

import static io.lightstream.codec.build.Columns.dictionary;
import static io.lightstream.codec.build.Columns.float64;
import static io.lightstream.codec.build.Columns.int64;
import static io.lightstream.codec.build.Columns.utf8;
import static io.lightstream.codec.build.Columns.utf8View;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.lightstream.codec.build.ColumnValues;
import io.lightstream.codec.build.Columns;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DataType.DateUnit;
import io.lightstream.codec.schema.DataType.IntervalUnit;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.TimeUnit;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnViewsTest {
    private static final Map<String, Function<Column, Buffer>> VIEWS = new LinkedHashMap<>();

    static {
        VIEWS.put("bytes", Column::bytes);
        VIEWS.put("shorts", Column::shorts);
        VIEWS.put("ints", Column::ints);
        VIEWS.put("longs", Column::longs);
        VIEWS.put("floats", Column::floats);
        VIEWS.put("doubles", Column::doubles);
        VIEWS.put("values", column -> column.values(0, column.length()));
    }

    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingLeaks() {
        memory.close();
    }

    private void with(ColumnValues values, Consumer<Column> check) {
        try (RecordBatch batch = RecordBatch.of(memory, values)) {
            check.accept(batch.column(0));
        }
    }

    static Stream<Arguments> viewsOfTypes() {
        return Stream.of(
                views(new DataType.Int(8, true), "bytes"),
                views(new DataType.Int(8, false), "bytes"),
                views(new DataType.Int(16, true), "shorts"),
                views(new DataType.Int(16, false), "shorts"),
                views(new DataType.Int(32, true), "ints"),
                views(new DataType.Int(32, false), "ints"),
                views(new DataType.Int(64, true), "longs"),
                views(new DataType.Int(64, false), "longs"),
                views(new DataType.FloatingPoint(16), "shorts"),
                views(new DataType.FloatingPoint(32), "floats"),
                views(new DataType.FloatingPoint(64), "doubles"),
                views(new DataType.Date(DateUnit.DAY), "ints"),
                views(new DataType.Date(DateUnit.MILLISECOND), "longs"),
                views(new DataType.Time(TimeUnit.SECOND, 32), "ints"),
                views(new DataType.Time(TimeUnit.NANOSECOND, 64), "longs"),
                views(new DataType.Timestamp(TimeUnit.SECOND, Optional.empty()), "longs"),
                views(new DataType.Duration(TimeUnit.SECOND), "longs"),
                views(new DataType.Decimal(9, 2, 32), "ints"),
                views(new DataType.Decimal(18, 2, 64), "longs"),
                views(new DataType.Decimal(38, 2, 128)),
                views(new DataType.Interval(IntervalUnit.YEAR_MONTH), "ints"),
                views(new DataType.Interval(IntervalUnit.DAY_TIME)),
                views(new DataType.Interval(IntervalUnit.MONTH_DAY_NANO)),
                views(new DataType.FixedSizeBinary(1)),
                views(new DataType.FixedSizeBinary(2)),
                views(new DataType.FixedSizeBinary(4)),
                views(new DataType.FixedSizeBinary(8)));
    }

    private static Arguments views(DataType type, String... typed) {
        Set<String> views = new TreeSet<>(List.of(typed));
        views.add("values");
        return Arguments.of(type, views);
    }

    @ParameterizedTest
    @MethodSource("viewsOfTypes")
    void aViewIsGivenOnlyWhereItsElementsAreTheValues(DataType type, Set<String> expected) {
        with(Columns.of(Field.of("v", type), Arrays.asList(null, null, null)), column -> {
            Set<String> found = new TreeSet<>();
            VIEWS.forEach((name, view) -> {
                try {
                    int elements = view.apply(column).remaining();
                    assertThat(elements).isEqualTo("values".equals(name) ? 3 * type.byteWidth() : 3);
                    found.add(name);
                } catch (IllegalArgumentException e) {
                    assertThat(e).hasMessageStartingWith("column 'v' is " + type + ", not ");
                }
            });
            assertThat(found).isEqualTo(expected);
        });
    }

    @Test
    void bitsOfFloatingPointNumbersAreNoIntegers() {
        with(float64("price", new double[] {1.5}), column -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(column::longs)
                    .withMessage("column 'price' is float64, not integers of 64 bits");
            assertThatIllegalArgumentException().isThrownBy(() -> column.copyTo(0, new long[1], 0, 1));
            long bits = column.values(0, 1).asLongBuffer().get(0);
            assertThat(bits).isEqualTo(Double.doubleToLongBits(1.5));
        });
        with(
                Columns.of(Field.of("f", new DataType.FloatingPoint(32)), List.of(1)),
                column -> assertThatIllegalArgumentException().isThrownBy(() -> column.copyTo(0, new int[1], 0, 1)));
        with(
                int64("n", new long[] {1}),
                column -> assertThatIllegalArgumentException().isThrownBy(() -> column.copyTo(0, new double[1], 0, 1)));
    }

    @Test
    void anIntervalOfDaysAndMillisecondsIsNotOneInteger() {
        DataType type = new DataType.Interval(IntervalUnit.DAY_TIME);
        with(
                Columns.of(Field.of("i", type), Arrays.asList((Object) null)),
                column -> assertThatIllegalArgumentException().isThrownBy(() -> column.getLong(0)));
    }

    @Test
    void viewsOfADictionaryColumnAreItsIndices() {
        with(dictionary(utf8("city", "Bern", "Basel", "Bern")), column -> {
            assertThat(column.ints().get(1)).isEqualTo(1);
            assertThat(column.ints().get(2)).isZero();
            assertThatIllegalArgumentException().isThrownBy(column::longs);
        });
    }

    /** Rows 2, 3 and 4 of a slice that begins at row 10, as views of parts and as copies. */
    @Test
    void everyFamilyIsWhole() {
        withNumbers(new DataType.Int(8, true), column -> {
            assertThat(column.bytes(2, 3)).isEqualTo(ByteBuffer.wrap(new byte[] {12, 13, 14}));
            byte[] copy = new byte[5];
            column.copyTo(2, copy, 1, 3);
            assertThat(copy).containsExactly(0, 12, 13, 14, 0);
        });
        withNumbers(new DataType.Int(16, true), column -> {
            assertThat(column.shorts(2, 3)).isEqualTo(ShortBuffer.wrap(new short[] {12, 13, 14}));
            short[] copy = new short[5];
            column.copyTo(2, copy, 1, 3);
            assertThat(copy).containsExactly(new int[] {0, 12, 13, 14, 0});
        });
        withNumbers(
                new DataType.FloatingPoint(16),
                column -> assertThat(column.shorts(2, 1).get(0)).isEqualTo((short) 0x4A00));
        withNumbers(new DataType.Int(32, true), column -> {
            assertThat(column.ints(2, 3)).isEqualTo(IntBuffer.wrap(new int[] {12, 13, 14}));
            int[] copy = new int[5];
            column.copyTo(2, copy, 1, 3);
            assertThat(copy).containsExactly(0, 12, 13, 14, 0);
        });
        withNumbers(new DataType.Int(64, true), column -> {
            assertThat(column.longs(2, 3)).isEqualTo(LongBuffer.wrap(new long[] {12, 13, 14}));
            long[] copy = new long[5];
            column.copyTo(2, copy, 1, 3);
            assertThat(copy).containsExactly(0, 12, 13, 14, 0);
        });
        withNumbers(new DataType.FloatingPoint(32), column -> {
            assertThat(column.floats(2, 3)).isEqualTo(FloatBuffer.wrap(new float[] {12, 13, 14}));
            float[] copy = new float[5];
            column.copyTo(2, copy, 1, 3);
            assertThat(copy).containsExactly(0, 12, 13, 14, 0);
        });
        withNumbers(new DataType.FloatingPoint(64), column -> {
            assertThat(column.doubles(2, 3)).isEqualTo(DoubleBuffer.wrap(new double[] {12, 13, 14}));
            double[] copy = new double[5];
            column.copyTo(2, copy, 1, 3);
            assertThat(copy).containsExactly(0, 12, 13, 14, 0);
        });
    }

    private void withNumbers(DataType type, Consumer<Column> check) {
        withSlice(type, IntStream.range(0, 30).boxed().toList(), check);
    }

    private void withSlice(DataType type, List<?> values, Consumer<Column> check) {
        with(Columns.of(Field.of("v", type), values), column -> check.accept(column.slice(10, 10)));
    }

    @Test
    void offsetsOfPartsLieAroundTheirRows() {
        List<String> texts = IntStream.range(0, 30).mapToObj(Integer::toString).toList();
        withSlice(new DataType.Utf8(), texts, column -> {
            assertThat(column.offsets(2, 3)).isEqualTo(IntBuffer.wrap(new int[] {14, 16, 18, 20}));
            assertThat(column.offsets(10, 0)).isEqualTo(IntBuffer.wrap(new int[] {30}));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> column.offsets(8, 3));
        });
        withSlice(new DataType.LargeUtf8(), texts, column -> {
            assertThat(column.largeOffsets(2, 3)).isEqualTo(LongBuffer.wrap(new long[] {14, 16, 18, 20}));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> column.largeOffsets(-1, 1));
        });
    }

    @Test
    void moreThanAViewSpansIsAskedForInParts() {
        long rows = 1L << 31;
        for (DataType type : List.of(new DataType.Int(8, true), new DataType.FloatingPoint(32), new DataType.Utf8())) {
            ColumnData data =
                    new ColumnData(Field.of("v", type), rows, 0, 0, new long[6], List.of(), null, BatchMemory.none());
            Column column = Column.of(data);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> {
                        switch (type.id()) {
                            case INT -> column.bytes();
                            case FLOATING_POINT -> column.floats();
                            default -> column.offsets();
                        }
                    })
                    .withMessageStartingWith("a view spans at most 2 GiB, and this one would have ")
                    .withMessageEndingWith(" bytes: ask for parts of column 'v', by their start and count");
        }
    }

    @Test
    void textLiesBetweenItsOffsets() {
        List<String> texts = IntStream.range(0, 30).mapToObj(Integer::toString).toList();
        withSlice(new DataType.Utf8(), texts, column -> {
            ByteBuffer bytes = column.valueBytes();
            int start = column.offsets().get(3);
            byte[] found = new byte[column.offsets().get(4) - start];
            bytes.get(start, found);
            assertThat(found).asString(UTF_8).isEqualTo("13");
            assertThat(bytes.remaining()).isEqualTo(50);
            assertThat(column.valueBytes(start, 2).get(1)).isEqualTo((byte) '3');
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> column.valueBytes(49, 2));
        });
        withSlice(new DataType.LargeUtf8(), texts, column -> {
            byte[] found = new byte[2];
            column.valueBytes(column.largeOffsets().get(3), 2).get(found);
            assertThat(found).asString(UTF_8).isEqualTo("13");
        });
        for (DataType type : List.of(new DataType.Utf8View(), new DataType.FixedSizeBinary(0))) {
            with(
                    Columns.of(Field.of("v", type), List.of()),
                    column -> assertThatIllegalArgumentException()
                            .isThrownBy(column::valueBytes)
                            .withMessage("column 'v' is " + type + ", not text or binary behind offsets"));
        }
        ColumnData noBytes = new ColumnData(
                Field.of("v", new DataType.Utf8()), 0, 0, 0, new long[6], List.of(), null, BatchMemory.none());
        assertThat(Column.of(noBytes).valueBytes().remaining()).isZero();
    }

    @Test
    void textIsCopiedToAnArrayAtHand() {
        String[] texts = {"short", null, "a text longer than a view holds"};
        for (ColumnValues values : List.of(utf8("t", texts), utf8View("t", texts), dictionary(utf8("t", texts)))) {
            with(values, column -> {
                byte[] target = new byte[33];
                assertThat(column.copyBytes(0, target, 1)).isEqualTo(5);
                assertThat(new String(target, 1, 5, UTF_8)).isEqualTo(texts[0]);
                assertThat(column.copyBytes(2, target, 2)).isEqualTo(31);
                assertThat(new String(target, 2, 31, UTF_8)).isEqualTo(texts[2]);
                assertThatExceptionOfType(IndexOutOfBoundsException.class)
                        .isThrownBy(() -> column.copyBytes(2, target, 3));
                assertThatIllegalStateException().isThrownBy(() -> column.copyBytes(1, target, 0));
            });
        }
        with(int64("n", new long[] {258}), column -> {
            byte[] target = new byte[8];
            assertThat(column.copyBytes(0, target, 0)).isEqualTo(8);
            assertThat(target).startsWith(2, 1, 0);
        });
    }
}
