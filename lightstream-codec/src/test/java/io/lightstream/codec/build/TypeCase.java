package io.lightstream.codec.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lightstream.codec.build.IntervalBuilder.MonthDayNano;
import io.lightstream.codec.build.UnionBuilder.Tagged;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DataType.DateUnit;
import io.lightstream.codec.schema.DataType.IntervalUnit;
import io.lightstream.codec.schema.DataType.UnionMode;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.TimeUnit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A field of every type with values, nulls among them, and the text that each has to read as. */
record TypeCase(Field field, List<Object> values, List<String> texts) {
    private static final Field INT = Field.of("item", new DataType.Int(32, true));
    private static final Field TEXT = Field.of("t", new DataType.Utf8());

    static Stream<TypeCase> all() {
        List<TypeCase> cases = new ArrayList<>();
        numbers(cases);
        decimals(cases);
        temporal(cases);
        bytes(cases);
        lists(cases);
        structsAndUnions(cases);
        encoded(cases);
        return cases.stream();
    }

    private static void numbers(List<TypeCase> cases) {
        add(cases, new DataType.Null(), row(null, "null"), row(null, "null"));
        add(cases, new DataType.Bool(), row(true, "true"), row(null, "null"), row(false, "false"), row(true, "true"));
        add(cases, new DataType.Int(8, true), row(-128, "-128"), row(null, "null"), row(127, "127"));
        add(cases, new DataType.Int(8, false), row(0, "0"), row(255, "255"), row(null, "null"));
        add(cases, new DataType.Int(16, true), row(-32768, "-32768"), row(null, "null"), row(32767, "32767"));
        add(cases, new DataType.Int(16, false), row(65535, "65535"), row(null, "null"), row(1, "1"));
        add(cases, new DataType.Int(32, true), row(Integer.MIN_VALUE, "-2147483648"), row(null, "null"), row(7, "7"));
        add(cases, new DataType.Int(32, false), row(4294967295L, "4294967295"), row(null, "null"), row(3L, "3"));
        add(
                cases,
                new DataType.Int(64, true),
                row(Long.MIN_VALUE, "-9223372036854775808"),
                row(null, "null"),
                row(5, "5"));
        BigInteger most = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
        add(cases, new DataType.Int(64, false), row(most, "18446744073709551615"), row(null, "null"), row(5, "5"));
        add(cases, new DataType.FloatingPoint(16), row(1.5f, "1.5"), row(null, "null"), row(-65504, "-65504.0"));
        add(cases, new DataType.FloatingPoint(32), row(1.25f, "1.25"), row(null, "null"), row(Float.NaN, "NaN"));
        add(cases, new DataType.FloatingPoint(64), row(0.1, "0.1"), row(null, "null"), row(-1e300, "-1.0E300"));
    }

    private static void decimals(List<TypeCase> cases) {
        add(
                cases,
                new DataType.Decimal(9, 2, 32),
                row(dec("-1234567.89"), "-1234567.89"),
                row(null, "null"),
                row(5, "5.00"));
        add(
                cases,
                new DataType.Decimal(18, 0, 64),
                row(dec("999999999999999999"), "999999999999999999"),
                row(null, "null"));
        String wide = "-1234567890123456789012345678.9012345678";
        add(
                cases,
                new DataType.Decimal(38, 10, 128),
                row(dec(wide), wide),
                row(null, "null"),
                row(dec("0.5"), "0.5000000000"));
        String widest = "9".repeat(76);
        add(cases, new DataType.Decimal(76, 0, 256), row(dec(widest), widest), row(null, "null"), row(-1, "-1"));
        add(cases, new DataType.Decimal(5, -3, 128), row(dec("12345000"), "12345000"), row(null, "null"));
    }

    private static void temporal(List<TypeCase> cases) {
        LocalDate day = LocalDate.of(2024, 2, 29);
        add(cases, new DataType.Date(DateUnit.DAY), row(day, "2024-02-29"), row(null, "null"), row(-1, "1969-12-31"));
        add(cases, new DataType.Date(DateUnit.MILLISECOND), row(day, "2024-02-29"), row(null, "null"));
        LocalTime noon = LocalTime.of(12, 0, 1);
        add(cases, new DataType.Time(TimeUnit.SECOND, 32), row(noon, "12:00:01"), row(null, "null"));
        add(cases, new DataType.Time(TimeUnit.MILLISECOND, 32), row(noon, "12:00:01.000"), row(null, "null"));
        add(cases, new DataType.Time(TimeUnit.MICROSECOND, 64), row(noon, "12:00:01.000000"), row(null, "null"));
        add(cases, new DataType.Time(TimeUnit.NANOSECOND, 64), row(1L, "00:00:00.000000001"), row(null, "null"));
        DataType local = new DataType.Timestamp(TimeUnit.MILLISECOND, Optional.empty());
        add(
                cases,
                local,
                row(LocalDateTime.of(1969, 12, 31, 23, 59, 59, 1_000_000), "1969-12-31T23:59:59.001"),
                row(null, "null"));
        DataType utc = new DataType.Timestamp(TimeUnit.MICROSECOND, Optional.of("UTC"));
        add(
                cases,
                utc,
                row(Instant.parse("2024-07-01T10:00:00.000001Z"), "2024-07-01T10:00:00.000001Z"),
                row(null, "null"));
        add(
                cases,
                new DataType.Duration(TimeUnit.NANOSECOND),
                row(Duration.ofMillis(1500), "PT1.5S"),
                row(null, "null"));
        add(
                cases,
                new DataType.Interval(IntervalUnit.YEAR_MONTH),
                row(Period.ofMonths(14), "P1Y2M"),
                row(null, "null"));
        add(
                cases,
                new DataType.Interval(IntervalUnit.DAY_TIME),
                row(new MonthDayNano(0, 3, 500_000_000), "P3DT0.5S"),
                row(null, "null"));
        add(
                cases,
                new DataType.Interval(IntervalUnit.MONTH_DAY_NANO),
                row(new MonthDayNano(-1, 2, 3), "P-1M2DT0.000000003S"),
                row(null, "null"));
    }

    private static void bytes(List<TypeCase> cases) {
        String twelve = "twelve bytes";
        String longer = "more than twelve bytes: grüße, 世界";
        for (DataType text : List.of(new DataType.Utf8(), new DataType.LargeUtf8(), new DataType.Utf8View())) {
            add(cases, text, row("", ""), row(null, "null"), row(longer, longer), row(twelve, twelve), row("é", "é"));
        }
        for (DataType binary : List.of(new DataType.Binary(), new DataType.LargeBinary(), new DataType.BinaryView())) {
            add(
                    cases,
                    binary,
                    row(new byte[0], "0x"),
                    row(null, "null"),
                    row(new byte[] {-1, 10}, "0xff0a"),
                    row("thirteen byte".getBytes(UTF_8), "0x746869727465656e2062797465"));
        }
        add(cases, new DataType.FixedSizeBinary(3), row(new byte[] {1, 2, 3}, "0x010203"), row(null, "null"));
        add(cases, new DataType.FixedSizeBinary(0), row(new byte[0], "0x"), row(null, "null"));
    }

    private static void lists(List<TypeCase> cases) {
        List<DataType> lists = List.of(
                new DataType.ListType(),
                new DataType.LargeList(),
                new DataType.ListView(),
                new DataType.LargeListView());
        for (DataType list : lists) {
            add(
                    cases,
                    Field.of("l", list, INT),
                    row(Arrays.asList(1, null, 3), "[1, null, 3]"),
                    row(null, "null"),
                    row(List.of(), "[]"),
                    row(List.of(4), "[4]"));
        }
        add(
                cases,
                Field.of("f", new DataType.FixedSizeList(2), INT),
                row(Arrays.asList(1, null), "[1, null]"),
                row(null, "null"),
                row(List.of(3, 4), "[3, 4]"));
        add(cases, Field.of("f0", new DataType.FixedSizeList(0), INT), row(List.of(), "[]"), row(null, "null"));
        Field inner = Field.of("inner", new DataType.ListType(), TEXT);
        add(
                cases,
                Field.of("ll", new DataType.ListType(), inner),
                row(List.of(List.of("a", "b"), List.of()), "[[a, b], []]"),
                row(null, "null"),
                row(List.of(List.of("c")), "[[c]]"));
        Field entries =
                Field.required("entries", new DataType.Struct(), Field.required("key", new DataType.Utf8()), INT);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", 1);
        map.put("b", null);
        add(
                cases,
                Field.of("m", new DataType.MapType(false), entries),
                row(map, "{a: 1, b: null}"),
                row(null, "null"),
                row(Map.of(), "{}"),
                row(Map.of("k", 7), "{k: 7}"));
    }

    private static void structsAndUnions(List<TypeCase> cases) {
        Field struct = Field.of("s", new DataType.Struct(), Field.of("a", new DataType.Int(32, true)), TEXT);
        add(
                cases,
                struct,
                row(List.of(1, "x"), "{a: 1, t: x}"),
                row(null, "null"),
                row(Arrays.asList(2, null), "{a: 2, t: null}"),
                row(Map.of("t", "y"), "{a: null, t: y}"));
        add(cases, Field.of("s0", new DataType.Struct()), row(List.of(), "{}"), row(null, "null"));
        for (UnionMode mode : UnionMode.values()) {
            Field union = Field.of("u", new DataType.Union(mode, List.of(5, 9)), INT, TEXT);
            add(
                    cases,
                    union,
                    row(new Tagged(5, 1), "1"),
                    row(new Tagged(9, "x"), "x"),
                    row(null, "null"),
                    row(new Tagged(9, null), "null"),
                    row(new Tagged(9, "yy"), "yy"));
        }
    }

    private static void encoded(List<TypeCase> cases) {
        for (int bits : new int[] {16, 32, 64}) {
            Field ends = Field.required("run_ends", new DataType.Int(bits, true));
            Field runs = Field.of("r", new DataType.RunEndEncoded(), ends, Field.of("values", new DataType.Utf8()));
            add(
                    cases,
                    runs,
                    row("a", "a"),
                    row("a", "a"),
                    row(null, "null"),
                    row(null, "null"),
                    row("b", "b"),
                    row("a", "a"));
        }
        for (int bits : new int[] {8, 16, 32, 64}) {
            for (boolean signed : new boolean[] {true, false}) {
                Field plain = Field.of("d", new DataType.Utf8());
                Field encoded =
                        plain.withDictionary(new DictionaryEncoding(bits, new DataType.Int(bits, signed), false));
                add(
                        cases,
                        encoded,
                        row("x", "x"),
                        row("yy", "yy"),
                        row(null, "null"),
                        row("x", "x"),
                        row("zzz", "zzz"));
            }
        }
        DictionaryEncoding encoding = new DictionaryEncoding(1, new DataType.Int(8, true), false);
        add(
                cases,
                Field.of("dl", new DataType.ListType(), INT).withDictionary(encoding),
                row(List.of(1, 2), "[1, 2]"),
                row(Arrays.asList(1, null), "[1, null]"),
                row(null, "null"),
                row(List.of(1, 2), "[1, 2]"));
        Field inList = Field.of("item", new DataType.Decimal(5, 2, 128)).withDictionary(encoding);
        add(
                cases,
                Field.of("ld", new DataType.ListType(), inList),
                row(List.of(dec("1.50"), dec("2.00")), "[1.50, 2.00]"),
                row(null, "null"),
                row(List.of(dec("2"), dec("2")), "[2.00, 2.00]"));
    }

    private static Object[] row(Object value, String text) {
        return new Object[] {value, text};
    }

    private static BigDecimal dec(String text) {
        return new BigDecimal(text);
    }

    private static void add(List<TypeCase> cases, DataType type, Object[]... rows) {
        add(cases, Field.of("v", type), rows);
    }

    private static void add(List<TypeCase> cases, Field field, Object[]... rows) {
        List<Object> values = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (Object[] row : rows) {
            values.add(row[0]);
            texts.add((String) row[1]);
        }
        cases.add(new TypeCase(field, values, texts));
    }

    @Override
    public String toString() {
        return field.toString();
    }
}
