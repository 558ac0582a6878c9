package io.lightstream.codec.ipc;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.build.IntervalBuilder.MonthDayNano;
import io.lightstream.codec.build.UnionBuilder.Tagged;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Random batches of a random schema, some of them slices; dictionaries grow or are replaced between batches. */
public final class RandomBatches implements AutoCloseable {
    /** The narrowest index has 128 values, and a file keeps those of all batches. */
    private static final int MOST_VALUES = 20;

    private final Random random;
    private final Schema schema;
    private final List<RecordBatch> batches = new ArrayList<>();
    /** Values that a dictionary is filled from, by id. */
    private final Map<Long, List<@Nullable Object>> pools = new HashMap<>();
    /** The last value of each run-end field, to make runs. */
    private final Map<Field, Object> lastRuns = new HashMap<>();

    public RandomBatches(long seed, BufferAllocator allocator) {
        this.random = new Random(seed);
        RandomFields fields = new RandomFields(random);
        this.schema = fields.schema();
        int count = random.nextInt(4);
        try (BatchBuilder builder = BatchBuilder.create(schema, allocator)) {
            for (int i = 0; i < count; i++) {
                batches.add(batch(builder, fields.metadata()));
                if (random.nextBoolean()) {
                    builder.resetDictionaries();
                    pools.clear();
                }
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public Schema schema() {
        return schema;
    }

    public List<RecordBatch> batches() {
        return batches;
    }

    private RecordBatch batch(BatchBuilder builder, Map<String, String> metadata) {
        int rows = random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(random.nextInt(20) == 0 ? 1500 : 70);
        for (int column = 0; column < schema.columnCount(); column++) {
            for (int row = 0; row < rows; row++) {
                builder.column(column).appendValue(value(schema.field(column)));
            }
        }
        try (RecordBatch whole = builder.finish();
                RecordBatch labelled = whole.withMetadata(metadata)) {
            long length = labelled.rowCount();
            long from = random.nextBoolean() ? 0 : random.nextLong(length + 1);
            return labelled.slice(from, random.nextBoolean() ? length - from : random.nextLong(length - from + 1));
        }
    }

    private @Nullable Object value(Field field) {
        if (field.nullable() && random.nextInt(5) == 0) {
            return null;
        }
        return field.dictionary().isPresent()
                ? pooled(field.dictionary().get().id(), field.valueField())
                : present(field);
    }

    private @Nullable Object pooled(long id, Field values) {
        List<@Nullable Object> pool = pools.computeIfAbsent(id, key -> new ArrayList<>());
        if (pool.size() < MOST_VALUES && random.nextInt(4) == 0 || pool.isEmpty()) {
            pool.add(present(values));
        }
        return pool.get(random.nextInt(pool.size()));
    }

    private @Nullable Object present(Field field) {
        DataType type = field.type();
        return switch (type.id()) {
            case NULL -> null;
            case BOOL -> random.nextBoolean();
            case INT -> integer((DataType.Int) type);
            case FLOATING_POINT -> floatingPoint();
            case DECIMAL -> decimal((DataType.Decimal) type);
            case DATE, TIME, TIMESTAMP, DURATION ->
                type.byteWidth() == Integer.BYTES ? (Object) random.nextInt() : (Object) random.nextLong();
            case INTERVAL -> interval((DataType.Interval) type);
            case UTF8, LARGE_UTF8, UTF8_VIEW -> text();
            case BINARY, LARGE_BINARY, BINARY_VIEW -> bytes(length());
            case FIXED_SIZE_BINARY -> bytes(type.byteWidth());
            default -> nested(field);
        };
    }

    private @Nullable Object nested(Field field) {
        DataType type = field.type();
        if (type instanceof DataType.Struct) {
            List<@Nullable Object> members = new ArrayList<>();
            field.children().forEach(child -> members.add(value(child)));
            return members;
        }
        if (type instanceof DataType.FixedSizeList list) {
            return elements(field.children().get(0), list.listSize());
        }
        if (type instanceof DataType.MapType) {
            return map(field.children().get(0));
        }
        if (type instanceof DataType.Union union) {
            int child = random.nextInt(field.children().size());
            return new Tagged(union.typeIds().get(child), value(field.children().get(child)));
        }
        if (type instanceof DataType.RunEndEncoded) {
            Object last = lastRuns.get(field);
            if (last == null || random.nextInt(3) == 0) {
                last = value(field.children().get(1));
                lastRuns.put(field, last);
            }
            return last;
        }
        return elements(field.children().get(0), random.nextInt(4));
    }

    private List<@Nullable Object> elements(Field field, int count) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(value(field));
        }
        return elements;
    }

    private Map<Object, @Nullable Object> map(Field entries) {
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Object key = present(entries.children().get(0));
            if (key != null) {
                map.put(key, value(entries.children().get(1)));
            }
        }
        return map;
    }

    private BigInteger integer(DataType.Int type) {
        return type.signed()
                ? BigInteger.valueOf(random.nextLong() >> (Long.SIZE - type.bitWidth()))
                : new BigInteger(type.bitWidth(), random);
    }

    private double floatingPoint() {
        return switch (random.nextInt(8)) {
            case 0 -> -0.0;
            case 1 -> Double.NaN;
            case 2 -> Double.NEGATIVE_INFINITY;
            default -> random.nextGaussian();
        };
    }

    private BigDecimal decimal(DataType.Decimal type) {
        BigInteger bound = BigInteger.TEN.pow(type.precision());
        BigInteger unscaled = new BigInteger(bound.bitLength(), random).mod(bound);
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
    }

    private MonthDayNano interval(DataType.Interval type) {
        return switch (type.unit()) {
            case YEAR_MONTH -> new MonthDayNano(random.nextInt(), 0, 0);
            case DAY_TIME -> new MonthDayNano(0, random.nextInt(), random.nextInt() * 1_000_000L);
            case MONTH_DAY_NANO -> new MonthDayNano(random.nextInt(), random.nextInt(), random.nextLong());
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int length = length();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint("abcxyzé世𝄞".codePointAt(random.nextInt(8)));
        }
        return text.toString().replaceAll("[\\ud800-\\udfff]", "?");
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Short ones lie inside of views, very long ones fill the data buffers. */
    private int length() {
        int most = random.nextInt(200) == 0 ? 40_000 : random.nextBoolean() ? 13 : 40;
        return random.nextInt(most);
    }

    @Override
    public void close() {
        batches.forEach(RecordBatch::close);
    }
}
