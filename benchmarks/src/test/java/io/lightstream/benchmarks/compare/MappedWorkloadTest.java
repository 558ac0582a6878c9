package io.lightstream.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.benchmarks.compare.MappedWorkload.ColdStart;
import io.lightstream.benchmarks.compare.MappedWorkload.Moment;
import io.lightstream.benchmarks.compare.MappedWorkload.Opening;
import io.lightstream.benchmarks.compare.MappedWorkload.Summing;
import io.lightstream.benchmarks.files.DataFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MappedWorkloadTest {
    private static final Path FOLDER = Path.of("files");

    @Test
    void opensAllBatchesUnlessTheyAreThousands() {
        assertThat(new Opening(Moment.OPEN, DataFile.VALUES_100, FOLDER).arguments())
                .containsExactly("mmap", "open", "all", "files/values-100.arrow");
        assertThat(new Opening(Moment.CLOSE, DataFile.VALUES_10000, FOLDER).arguments())
                .containsExactly("mmap", "close", "ends", "files/values-10000.arrow");
    }

    @Test
    void checksumCountsLengthsAndValuesOfTheLastBatch() {
        // Step 0 looks at the first row of the last batch, 99,990,000, step 1 at the one 7919 behind it.
        long first = 99_990_000 + 49_995_000 + 0 + 1;
        long second = 99_997_919 + 49_998_959 + 919 + 0;
        long lengths = 2 * 4 * 10_000;
        assertThat(new Opening(Moment.OPEN, DataFile.VALUES_10000, FOLDER).checksum(2))
                .isEqualTo(2 * lengths + first + second);
    }

    @Test
    void everyColdProcessIsAtItsFirstStep() {
        // Row 0: id, value and kind are 0, flag is 1.
        assertThat(new ColdStart(DataFile.VALUES_1, FOLDER).checksum(3)).isEqualTo(3 * (4 * 100_000_000L + 1));
    }

    @Test
    void namesOfSums() {
        assertThat(new Summing(SummedColumn.INT64, DataFile.VALUES_1, FOLDER).name())
                .isEqualTo("mmap/sum/int64");
        assertThat(new Summing(SummedColumn.FLOAT64_NULLS, DataFile.NULLS_100, FOLDER).name())
                .isEqualTo("mmap/sum/float64-nulls-100");
        assertThat(SummedColumn.INT64.sum()).isEqualTo(4_999_999_950_000_000L);
    }
}
