package io.lightstream.codec.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.build.UnionBuilder.Tagged;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DataType.Int;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchComparisonTest {
    private static final Int INT32 = new Int(32, true);
    private static final int ROWS = 300;

    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingStaysAllocated() {
        memory.close();
    }

    /** A type with a few values, all different. */
    record Case(Field field, List<Object> values) {
        static Case of(DataType type, Object... values) {
            return new Case(Field.of("a", type), List.of(values));
        }

        @Override
        public String toString() {
            return field.toString();
        }
    }

    static List<Case> cases() {
        Field text = Field.of("t", new DataType.Utf8());
        Field number = Field.of("n", INT32);
        String longText = "longer than the twelve bytes of a view";
        return List.of(
                Case.of(new DataType.Bool(), true, false),
                Case.of(new Int(8, true), 1, 2, 3),
                Case.of(new Int(64, false), 1, 2, 3),
                Case.of(new DataType.FloatingPoint(16), 0.5f, -0.0f, 0.0f),
                Case.of(new DataType.FloatingPoint(32), 0.5f, -0.0f, 0.0f),
                Case.of(new DataType.FloatingPoint(64), 0.5, Double.NaN, 0.0),
                Case.of(new DataType.Decimal(40, 2, 256), new BigDecimal("1.25"), new BigDecimal("-7.00")),
                Case.of(new DataType.FixedSizeBinary(3), new byte[] {1, 2, 3}, new byte[] {1, 2, 4}),
                Case.of(new DataType.Utf8(), "", "a", "bc", longText, longText + "!"),
                Case.of(new DataType.LargeUtf8(), "", "a", "bc"),
                Case.of(new DataType.Utf8View(), "", "a", "bc", longText, longText + "!"),
                new Case(
                        Field.of("a", new DataType.ListType(), text),
                        List.of(List.of(), List.of("x", "y"), List.of("z"))),
                new Case(
                        Field.of("a", new DataType.LargeList(), number), List.of(List.of(), List.of(1, 2), List.of(3))),
                new Case(Field.of("a", new DataType.ListView(), number), List.of(List.of(), List.of(1, 2), List.of(3))),
                new Case(
                        Field.of("a", new DataType.FixedSizeList(2), text),
                        List.of(List.of("x", "y"), List.of("x", "z"))),
                new Case(Field.of("a", new DataType.Struct(), text, number), List.of(List.of("x", 1), List.of("x", 2))),
                new Case(
                        Field.of("a", new DataType.Union(DataType.UnionMode.SPARSE, List.of(4, 9)), text, number),
                        List.of(new Tagged(4, "x"), new Tagged(9, 1), new Tagged(9, 2))),
                new Case(
                        Field.of("a", new DataType.Union(DataType.UnionMode.DENSE, List.of(4, 9)), text, number),
                        List.of(new Tagged(4, "x"), new Tagged(9, 1), new Tagged(9, 2))),
                new Case(
                        Field.of("a", new DataType.RunEndEncoded(), Field.required("run_ends", INT32), text),
                        List.of("x", "y")),
                new Case(
                        Field.of("a", new DataType.Utf8())
                                .withDictionary(new DictionaryEncoding(0, new Int(8, true), false)),
                        List.of("x", "y", "z")));
    }

    /** {@code before} rows of something else, then rows of the case's values and of nulls in turn. */
    private RecordBatch batch(Case of, int before, List<Object> rows) {
        try (BatchBuilder builder = BatchBuilder.create(Schema.of(of.field()), memory)) {
            for (int i = 0; i < before; i++) {
                builder.appendRow(of.values().get((i + 1) % of.values().size()));
            }
            rows.forEach(builder::appendRow);
            return builder.finish();
        }
    }

    private static List<Object> rows(Case of, int everyNull) {
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(
                    i % everyNull == everyNull - 1
                            ? null
                            : of.values().get(i / 2 % of.values().size()));
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalValuesAreEqualWhereverTheyLie(Case of) {
        for (int everyNull : new int[] {3, 70, ROWS + 1}) {
            try (RecordBatch expected = batch(of, 0, rows(of, everyNull));
                    RecordBatch shifted = batch(of, 5, rows(of, everyNull));
                    RecordBatch found = shifted.slice(5, ROWS)) {
                assertThat(BatchComparison.compare(expected, found)).isEmpty();
                assertThat(BatchComparison.compare(found, expected)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneDifferentValueIsFound(Case of) {
        for (int everyNull : new int[] {3, 70, ROWS + 1}) {
            for (int row : new int[] {0, 63, 66, ROWS - 1}) {
                List<Object> good = rows(of, everyNull);
                List<Object> bad = new ArrayList<>(good);
                int index = good.get(row) == null ? -1 : of.values().indexOf(good.get(row));
                Object other = of.values().get((index + 1) % of.values().size());
                bad.set(row, other);
                assertDiffers(of, good, bad, "row " + row + ", column 'a");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneMoreNullIsFound(Case of) {
        boolean nullsHaveTypes = of.field().type() instanceof DataType.Union;
        List<Object> good = rows(of, ROWS + 1);
        List<Object> bad = new ArrayList<>(good);
        bad.set(100, nullsHaveTypes ? new Tagged(4, null) : null);
        assertDiffers(of, good, bad, "row 100, column 'a");
    }

    private void assertDiffers(Case of, List<Object> good, List<Object> bad, String place) {
        try (RecordBatch expected = batch(of, 0, good);
                RecordBatch shifted = batch(of, 5, bad);
                RecordBatch found = shifted.slice(5, ROWS)) {
            Optional<Difference> difference = BatchComparison.compare(expected, found);
            assertThat(difference.map(Difference::place).orElse("none")).startsWith(place);
            assertThat(difference.orElseThrow().expected())
                    .isNotEqualTo(difference.orElseThrow().found());
        }
    }

    @Test
    void placesAreNamedDownToTheMember() {
        Field element = Field.of("e", new DataType.Struct(), Field.of("x", INT32), Field.of("y", new DataType.Utf8()));
        Case of = new Case(Field.of("a", new DataType.ListType(), element), List.of());
        List<Object> good = Arrays.asList(null, List.of(List.of(1, "p"), List.of(2, "q")));
        List<Object> bad = Arrays.asList(null, List.of(List.of(1, "p"), List.of(2, "r")));
        List<Object> longer = Arrays.asList(null, List.of(List.of(1, "p")));
        assertThat(difference(of, good, bad)).isEqualTo("row 1, column 'a[1].y': expected q, found r");
        assertThat(difference(of, good, longer))
                .isEqualTo("row 1, column 'a': expected [{x: 1, y: p}, {x: 2, y: q}], found [{x: 1, y: p}]");
        assertThat(difference(of, good, Arrays.asList(List.of(), good.get(1))))
                .isEqualTo("row 0, column 'a': expected null, found []");
        assertThat(difference(of, good, good.subList(0, 1))).isEqualTo("rows: expected 2, found 1");
    }

    private String difference(Case of, List<Object> good, List<Object> bad) {
        try (RecordBatch expected = batch(of, 0, good);
                RecordBatch found = batch(of, 0, bad)) {
            return BatchComparison.compare(expected, found)
                    .map(Difference::toString)
                    .orElse("none");
        }
    }

    @Test
    void whatLiesBelowANullDoesNotCount() {
        Field child = Field.of("x", INT32);
        Case of = new Case(Field.of("a", new DataType.Struct(), child), List.of());
        try (RecordBatch expected = batch(of, 0, Arrays.asList(List.of(1), null, List.of(3)));
                RecordBatch found = batch(of, 0, Arrays.asList(List.of(1), null, List.of(3)))) {
            Column values = found.column(0).child(0);
            NativeMemory.putInt(values.data().address(1) + Integer.BYTES, 77);
            assertThat(BatchComparison.compare(expected, found)).isEmpty();
        }
    }

    @Test
    void anyNanIsAnyNan() {
        Case of = Case.of(new DataType.FloatingPoint(64));
        double other = Double.longBitsToDouble(0xFFF8_0000_0000_1234L);
        assertThat(difference(of, List.of(1.0, Double.NaN, 2.0), List.of(1.0, other, 2.0)))
                .isEqualTo("none");
        assertThat(difference(of, List.of(Double.NaN, 2.0), List.of(other, 2.5)))
                .isEqualTo("row 1, column 'a': expected 2.0, found 2.5");
    }

    @Test
    void schemasAreComparedByWhatCounts() {
        Field key = Field.required("key", new DataType.Utf8());
        Field value = Field.of("value", INT32);
        Field map = Field.of(
                "m", new DataType.MapType(false), Field.required("entries", new DataType.Struct(), key, value));
        Field renamed = Field.of(
                "m",
                new DataType.MapType(false),
                Field.required("e", new DataType.Struct(), key.withName("k"), value.withName("v")));
        assertThat(SchemaComparison.compare(Schema.of(map), Schema.of(renamed))).isEmpty();
        assertThat(differenceOf(
                        map,
                        Field.of("m", new DataType.MapType(true), map.children().get(0))))
                .isEqualTo("type of field 'm': expected map, found map[sorted]");
        assertThat(differenceOf(value, key)).isEqualTo("name of field 'value': expected value, found key");
        assertThat(differenceOf(value, Field.required("value", INT32)))
                .isEqualTo("nullability of field 'value': expected true, found false");
        assertThat(differenceOf(value, value.withMetadata(Map.of("a", "b"))))
                .isEqualTo("metadata of field 'value': expected {}, found {a=b}");
        assertThat(differenceOf(value, value.withDictionary(new DictionaryEncoding(1, INT32, true))))
                .isEqualTo("dictionary of field 'value': expected no dictionary, found ordered by int32");
        assertThat(SchemaComparison.compare(
                        Schema.of(value.withDictionary(new DictionaryEncoding(1, INT32, true))),
                        Schema.of(value.withDictionary(new DictionaryEncoding(2, INT32, true)))))
                .isEmpty();
        assertThat(SchemaComparison.compare(Schema.of(value), Schema.of(value).withMetadata(Map.of("k", "v"))))
                .map(Difference::place)
                .contains("schema metadata");
        assertThat(SchemaComparison.compare(Schema.of(value), Schema.of(value, key)))
                .map(Difference::place)
                .contains("columns");
    }

    private static String differenceOf(Field expected, Field found) {
        return SchemaComparison.compare(Schema.of(expected), Schema.of(found))
                .map(Difference::toString)
                .orElse("none");
    }
}
