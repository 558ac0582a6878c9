package io.lightstream.codec.ipc;

import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DataType.DateUnit;
import io.lightstream.codec.schema.DataType.IntervalUnit;
import io.lightstream.codec.schema.DataType.UnionMode;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import io.lightstream.codec.schema.TimeUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Random schemas of every type, nested, dictionary-encoded and with metadata. */
final class RandomFields {
    private static final int[] WIDTHS = {8, 16, 32, 64};
    private static final int[] DECIMAL_WIDTHS = {32, 64, 128, 256};
    private static final int FLAT_KINDS = 19;
    private static final int NESTED_KINDS = 10;

    private final Random random;
    private final Map<Long, Field> dictionaries = new HashMap<>();
    /** Depth of dictionaries within dictionaries. */
    private int dictionaryDepth;

    RandomFields(Random random) {
        this.random = random;
    }

    Schema schema() {
        int columns = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(6);
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            int depth = random.nextInt(10) == 0 ? 8 : random.nextInt(4);
            fields.add(field(name(), depth));
        }
        return new Schema(fields, metadata());
    }

    private Field field(String name, int depth) {
        if (random.nextInt(6) == 0) {
            return dictionary(name, depth);
        }
        Field plain = depth > 0 && random.nextInt(3) > 0 ? nested(name, depth - 1) : Field.of(name, flat());
        // Run ends are nullable because their values may be of type null.
        boolean nullable = random.nextInt(5) > 0
                || plain.type() instanceof DataType.Null
                || plain.type() instanceof DataType.RunEndEncoded;
        return new Field(name, plain.type(), nullable, Optional.empty(), plain.children(), metadata());
    }

    /** Sometimes one that another field refers to as well. */
    private Field dictionary(String name, int depth) {
        DataType.Int index = new DataType.Int(WIDTHS[random.nextInt(4)], random.nextBoolean());
        boolean shares = !dictionaries.isEmpty() && random.nextInt(3) == 0;
        long id = shares ? dictionaries.keySet().iterator().next() : random.nextLong();
        Field values = dictionaries.get(id);
        if (values == null) {
            dictionaryDepth++;
            values = random.nextInt(3) == 0 && depth > 0 ? nested(name, depth - 1) : Field.of(name, flat());
            dictionaryDepth--;
            if (values.type() instanceof DataType.Null) {
                values = Field.of(name, new DataType.Utf8());
            }
            if (dictionaryDepth == 0) {
                dictionaries.put(id, values);
            }
        }
        DictionaryEncoding encoding = new DictionaryEncoding(id, index, random.nextBoolean());
        return new Field(name, values.type(), true, Optional.of(encoding), values.children(), metadata());
    }

    private DataType flat() {
        TimeUnit unit = TimeUnit.values()[random.nextInt(4)];
        return switch (random.nextInt(FLAT_KINDS)) {
            case 0 -> new DataType.Null();
            case 1 -> new DataType.Bool();
            case 2, 3 -> new DataType.Int(WIDTHS[random.nextInt(4)], random.nextBoolean());
            case 4 -> new DataType.FloatingPoint(16 << random.nextInt(3));
            case 5 -> decimal();
            case 6 -> new DataType.Date(DateUnit.values()[random.nextInt(2)]);
            case 7 -> new DataType.Time(unit, unit.ordinal() < 2 ? 32 : 64);
            case 8 -> new DataType.Timestamp(unit, random.nextBoolean() ? Optional.of("Asia/Tokyo") : Optional.empty());
            case 9 -> new DataType.Duration(unit);
            case 10 -> new DataType.Interval(IntervalUnit.values()[random.nextInt(3)]);
            case 11 -> new DataType.Utf8();
            case 12 -> new DataType.LargeUtf8();
            case 13, 14 -> new DataType.Utf8View();
            case 15 -> new DataType.Binary();
            case 16 -> new DataType.LargeBinary();
            case 17 -> new DataType.BinaryView();
            default -> new DataType.FixedSizeBinary(random.nextInt(20));
        };
    }

    private DataType decimal() {
        int bits = DECIMAL_WIDTHS[random.nextInt(4)];
        int precision = 1 + random.nextInt(DataType.Decimal.maxPrecision(bits));
        return new DataType.Decimal(precision, random.nextInt(precision + 1), bits);
    }

    private Field nested(String name, int depth) {
        return switch (random.nextInt(NESTED_KINDS)) {
            case 0 -> Field.of(name, new DataType.ListType(), field("item", depth));
            case 1 -> Field.of(name, new DataType.LargeList(), field("item", depth));
            case 2 -> Field.of(name, new DataType.ListView(), field("item", depth));
            case 3 -> Field.of(name, new DataType.LargeListView(), field("item", depth));
            case 4 -> Field.of(name, new DataType.FixedSizeList(random.nextInt(4)), field("item", depth));
            case 5 -> Field.of(name, new DataType.Struct(), fields(random.nextInt(4), depth));
            case 6 -> map(name, depth);
            case 7, 8 -> union(name, depth);
            default -> {
                Field ends = Field.required("run_ends", new DataType.Int(16 << random.nextInt(3), true));
                yield Field.of(name, new DataType.RunEndEncoded(), ends, runValues(depth));
            }
        };
    }

    private Field runValues(int depth) {
        Field values = field("values", depth);
        return new Field("values", values.type(), true, values.dictionary(), values.children(), values.metadata());
    }

    private Field map(String name, int depth) {
        DataType keyType = random.nextBoolean() ? new DataType.Utf8() : new DataType.Int(64, true);
        Field key = Field.required("key", keyType);
        Field entries = Field.required("entries", new DataType.Struct(), key, field("value", depth));
        return Field.of(name, new DataType.MapType(random.nextBoolean()), entries);
    }

    private Field union(String name, int depth) {
        Field[] children = fields(1 + random.nextInt(4), depth);
        List<Integer> typeIds = new ArrayList<>();
        int id = random.nextInt(3);
        for (int i = 0; i < children.length; i++, id += 1 + random.nextInt(30)) {
            typeIds.add(id);
        }
        return Field.of(name, new DataType.Union(UnionMode.values()[random.nextInt(2)], typeIds), children);
    }

    private Field[] fields(int count, int depth) {
        Field[] fields = new Field[count];
        for (int i = 0; i < count; i++) {
            fields[i] = field(name(), depth);
        }
        return fields;
    }

    /** Few names, so that fields share them. */
    private String name() {
        return new String[] {"", "a", "b", "größe", "a name with spaces"}[random.nextInt(5)];
    }

    Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (random.nextInt(4) == 0) {
            metadata.put("key " + random.nextInt(3), "value " + random.nextInt());
            metadata.put("", "世界");
        }
        if (random.nextInt(8) == 0) {
            metadata.put(Field.EXTENSION_NAME, "example.type");
        }
        return metadata;
    }
}
