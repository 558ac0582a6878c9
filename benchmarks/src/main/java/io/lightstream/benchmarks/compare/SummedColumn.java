package io.lightstream.benchmarks.compare;

import io.lightstream.benchmarks.files.DataFile;

/** A column that is summed up. */
enum SummedColumn {
    /** {@code id}, without nulls. */
    INT64("int64") {
        @Override
        long sum() {
            return DataFile.ROWS * (DataFile.ROWS - 1) / 2;
        }
    },
    /** {@code value}, with nulls; of the sum what stands before the point. */
    FLOAT64_NULLS("float64-nulls") {
        @Override
        long sum() {
            return SumOfValues.WITHOUT_NULLS;
        }
    };

    private final String label;

    SummedColumn(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** What a pass over the whole column must give. */
    abstract long sum();

    /** Computed when it is first asked for, once. */
    private static final class SumOfValues {
        private static final long WITHOUT_NULLS = compute();

        private static long compute() {
            double sum = 0;
            for (long row = 0; row < DataFile.ROWS; row++) {
                if (!DataFile.isNull(row)) {
                    sum += DataFile.value(row);
                }
            }
            return (long) sum;
        }
    }
}
