package io.lightstream.benchmarks.contender;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.build.DictionaryBuilder;
import io.lightstream.codec.build.DoubleBuilder;
import io.lightstream.codec.build.IntBuilder;
import io.lightstream.codec.build.LongBuilder;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.util.List;
import java.util.stream.IntStream;

/** The shapes of {@code benchmarks/README.md}. */
public enum Data {
    /** 100,000 rows of four types. */
    A(100_000, 64),
    /** 32 MB of int64 in four columns. */
    B(1_000_000, 8),
    /** As {@link #A}, with 100 rows. */
    C(100, 10_000),
    /** 64 MiB of int64 in one column. */
    D(8_388_608, 4),
    /** 1,000 columns of int64. */
    E(1_000, 32),
    /** 1 KiB of int64. */
    K(128, 1),
    /** 1 GiB of int64. */
    G(134_217_728, 1);

    private static final List<String> KINDS = List.of("alpha", "beta", "gamma");
    private static final DataType.Int INT64 = new DataType.Int(64, true);

    private final int rows;
    private final int batchesPerStream;

    Data(int rows, int batchesPerStream) {
        this.rows = rows;
        this.batchesPerStream = batchesPerStream;
    }

    /** How many batches the streams have that are decoded from memory. */
    public int batchesPerStream() {
        return batchesPerStream;
    }

    /** The batch of this shape, which the caller closes. */
    public RecordBatch batch(LightstreamMemory memory) {
        return switch (this) {
            case A, C -> mixed(memory);
            case B -> longs(memory, 4, 1, 0);
            case D, K, G -> longs(memory, 1, 0, 0);
            case E -> longs(memory, 1_000, 0, 1);
        };
    }

    /** Value of column c in row i: i * (1 + c * factorStep) + c * summandStep. */
    private RecordBatch longs(LightstreamMemory memory, int columns, int factorStep, int summandStep) {
        Schema schema = Schema.of(IntStream.range(0, columns)
                .mapToObj(column -> Field.of("c" + column, INT64))
                .toArray(Field[]::new));
        try (BatchBuilder builder = BatchBuilder.create(schema, memory)) {
            builder.reserve(rows);
            for (int column = 0; column < columns; column++) {
                LongBuilder values = builder.column(column).as(LongBuilder.class);
                for (long row = 0; row < rows; row++) {
                    values.append(row * (1L + (long) column * factorStep) + (long) column * summandStep);
                }
            }
            return builder.finish();
        }
    }

    private RecordBatch mixed(LightstreamMemory memory) {
        Schema schema = Schema.of(
                Field.of("id", new DataType.Int(32, true)),
                Field.of("value", new DataType.FloatingPoint(64)),
                Field.of("name", new DataType.Utf8()),
                Field.of("kind", new DataType.Utf8())
                        .withDictionary(new DictionaryEncoding(1, new DataType.Int(32, false), false)));
        try (BatchBuilder builder = BatchBuilder.create(schema, memory)) {
            IntBuilder ids = builder.ints("id");
            DoubleBuilder values = builder.doubles("value");
            var names = builder.bytes("name");
            DictionaryBuilder kinds = builder.column("kind").as(DictionaryBuilder.class);
            for (int row = 0; row < rows; row++) {
                ids.append(row);
                values.append(row * 0.5);
                names.append("row_" + row);
                kinds.append(KINDS.get(row % KINDS.size()));
            }
            return builder.finish();
        }
    }
}
