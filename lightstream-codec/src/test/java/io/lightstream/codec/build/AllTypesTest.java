package io.lightstream.codec.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllTypesTest {
    private static final int MANY = 2_000;

    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingLeaks() {
        memory.close();
    }

    @ParameterizedTest
    @MethodSource("io.lightstream.codec.build.TypeCase#all")
    void readsWhatWasAppended(TypeCase type) {
        try (BatchBuilder builder = BatchBuilder.create(Schema.of(type.field()), memory)) {
            fill(builder, type, type.values().size());
            try (RecordBatch batch = builder.finish()) {
                assertThat(texts(batch.column(0))).isEqualTo(type.texts());
                assertThat(batch.aligned()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.lightstream.codec.build.TypeCase#all")
    void everySliceReadsItsRows(TypeCase type) {
        List<String> expected = repeated(type, 40);
        try (BatchBuilder builder = BatchBuilder.create(Schema.of(type.field()), memory)) {
            fill(builder, type, 40);
            try (RecordBatch batch = builder.finish()) {
                for (int from = 0; from <= 40; from++) {
                    Column slice = batch.column(0).slice(from, 40 - from);
                    assertThat(texts(slice)).isEqualTo(expected.subList(from, 40));
                    Column inner = slice.slice((40 - from) / 3, (40 - from) / 2);
                    int start = from + (40 - from) / 3;
                    assertThat(texts(inner)).isEqualTo(expected.subList(start, start + (40 - from) / 2));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.lightstream.codec.build.TypeCase#all")
    void anEmptyBatchHasNoRowsAndTheBuilderGoesOn(TypeCase type) {
        try (BatchBuilder builder = BatchBuilder.create(Schema.of(type.field()), memory)) {
            for (int round = 0; round < 3; round++) {
                try (RecordBatch empty = builder.finish()) {
                    assertThat(empty.rowCount()).isZero();
                    assertThat(texts(empty.column(0))).isEmpty();
                }
                fill(builder, type, MANY);
                try (RecordBatch batch = builder.finish()) {
                    assertThat(texts(batch.column(0))).isEqualTo(repeated(type, MANY));
                    assertThat(batch.aligned()).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.lightstream.codec.build.TypeCase#all")
    void nullCountsAreThoseOfTheBitmap(TypeCase type) {
        try (BatchBuilder builder = BatchBuilder.create(Schema.of(type.field()), memory)) {
            fill(builder, type, 100);
            try (RecordBatch batch = builder.finish()) {
                Column column = batch.column(0);
                long nulls = LongStream.range(0, 100).filter(column::isNull).count();
                long counted = switch (column.field().layout()) {
                    case SPARSE_UNION, DENSE_UNION, RUN_END_ENCODED -> 0;
                    default -> nulls;
                };
                assertThat(column.nullCount()).isEqualTo(counted);
                assertThat(validRows(column)).isEqualTo(100 - counted);
            }
        }
    }

    /** Wherever the limit is hit, the column is as before the append, goes on when there is room, and leaks nothing. */
    @ParameterizedTest
    @MethodSource("io.lightstream.codec.build.TypeCase#all")
    void survivesTheLimitOfTheAllocator(TypeCase type) {
        for (long limit = 64; limit < 300_000; limit *= 2) {
            try (BufferAllocator allocator = memory.newChild("limited", limit);
                    BatchBuilder builder = BatchBuilder.create(Schema.of(type.field()), allocator)) {
                int appended = fillUntilFull(builder, type);
                assertThat(builder.rowCount()).isEqualTo(appended);
                allocator.setLimit(Long.MAX_VALUE);
                for (int i = appended; i < MANY; i++) {
                    builder.column(0).appendValue(value(type, i));
                }
                try (RecordBatch batch = builder.finish()) {
                    assertThat(texts(batch.column(0))).isEqualTo(repeated(type, MANY));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.lightstream.codec.build.TypeCase#all")
    void truncatingTakesBackWholeRows(TypeCase type) {
        Schema schema = Schema.of(Field.required("n", new DataType.Int(32, true)), type.field());
        try (BatchBuilder builder = BatchBuilder.create(schema, memory)) {
            for (int kept : new int[] {0, 1, 7, 63, 64, 100}) {
                for (int row = 0; row < 100; row++) {
                    builder.appendRow(row, value(type, row));
                }
                builder.ints("n").append(100);
                builder.truncate(kept);
                for (int row = kept; row < 150; row++) {
                    builder.appendRow(row, value(type, row));
                }
                try (RecordBatch batch = builder.finish()) {
                    assertThat(batch.column(0).getInt(149)).isEqualTo(149);
                    assertThat(texts(batch.column(1))).isEqualTo(repeated(type, 150));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.lightstream.codec.build.TypeCase#all")
    void closingHalfwayLeavesNothing(TypeCase type) {
        try (BufferAllocator allocator = memory.newChild("closed", Long.MAX_VALUE)) {
            BatchBuilder builder = BatchBuilder.create(Schema.of(type.field()), allocator);
            fill(builder, type, MANY);
            builder.close();
            builder.close();
            assertThat(allocator.getAllocatedMemory()).isZero();
        }
    }

    private static long validRows(Column column) {
        return (long) Long.bitCount(column.validityWord(0)) + Long.bitCount(column.validityWord(1));
    }

    private static int fillUntilFull(BatchBuilder builder, TypeCase type) {
        for (int i = 0; i < MANY; i++) {
            try {
                builder.column(0).appendValue(value(type, i));
            } catch (OutOfMemoryException e) {
                return i;
            }
        }
        return MANY;
    }

    private static void fill(BatchBuilder builder, TypeCase type, int rows) {
        for (int i = 0; i < rows; i++) {
            builder.column(0).appendValue(value(type, i));
        }
    }

    private static Object value(TypeCase type, int row) {
        return type.values().get(row % type.values().size());
    }

    private static List<String> repeated(TypeCase type, int rows) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            all.add(type.texts().get(i % type.texts().size()));
        }
        return all;
    }

    private static List<String> texts(Column column) {
        List<String> all = new ArrayList<>();
        for (long row = 0; row < column.length(); row++) {
            all.add(column.text(row));
        }
        return all;
    }
}
