package io.lightstream.benchmarks.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DataFileTest {
    @Test
    void oneRowInSevenIsNull() {
        long rows = 1_000_000;
        long nulls = LongStream.range(0, rows).filter(DataFile::isNull).count();
        assertThat(nulls).isBetween(rows / 7 - 2_000, rows / 7 + 2_000);
    }

    @Test
    void batchesHoldAllRows() {
        for (DataFile file : DataFile.values()) {
            assertThat(file.rowsPerBatch() * file.batches()).isEqualTo(DataFile.ROWS);
        }
    }
}
