package io.lightstream.benchmarks.contender;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.build.DoubleBuilder;
import io.lightstream.codec.build.LongBuilder;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnSumsTest {
    private static final Schema SCHEMA =
            Schema.of(Field.of("id", new DataType.Int(64, true)), Field.of("value", new DataType.FloatingPoint(64)));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 63, 64, 65, 127, 128, 1_000, 1_001})
    void sumsUpWhatIsValid(int rows) {
        long longs = 0;
        double doubles = 0;
        try (LightstreamMemory memory = LightstreamMemory.create();
                BatchBuilder builder = BatchBuilder.create(SCHEMA, memory)) {
            LongBuilder ids = builder.longs("id");
            DoubleBuilder values = builder.doubles("value");
            for (int row = 0; row < rows; row++) {
                ids.append(row - 7L);
                longs += row - 7L;
                boolean isNull = row * 31 % 7 < 2;
                values.append(isNull ? Double.NaN : row * 0.25);
                if (isNull) {
                    values.markNull(row);
                } else {
                    doubles += row * 0.25;
                }
            }
            try (RecordBatch batch = builder.finish()) {
                assertThat(ColumnSums.longs(batch.column("id"))).isEqualTo(longs);
                assertThat(ColumnSums.doubles(batch.column("value"))).isEqualTo(doubles);
            }
        }
    }
}
