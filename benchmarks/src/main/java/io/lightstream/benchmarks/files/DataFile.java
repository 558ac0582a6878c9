package io.lightstream.benchmarks.files;

import java.nio.file.Path;

/** A file of 100 million rows; {@code benchmarks/README.md} shows the columns. */
public enum DataFile {
    /** Four columns without nulls, in one batch. */
    VALUES_1(false, 1),
    /** The same in 100 batches. */
    VALUES_100(false, 100),
    /** The same in 10,000 batches. */
    VALUES_10000(false, 10_000),
    /** One float64 column with nulls, in one batch. */
    NULLS_1(true, 1),
    /** The same in 100 batches. */
    NULLS_100(true, 100);

    /** Rows of each file. */
    public static final long ROWS = 100_000_000;

    private static final long KINDS = 1_000;
    private static final long NULL_EVERY = 7;
    private static final long FLAG_EVERY = 3;

    private final boolean nulls;
    private final int batches;

    DataFile(boolean nulls, int batches) {
        this.nulls = nulls;
        this.batches = batches;
    }

    /** Whether it is the column with nulls instead of the four without. */
    boolean hasNulls() {
        return nulls;
    }

    /** Number of record batches; all have the same number of rows. */
    public int batches() {
        return batches;
    }

    /** Rows of each batch. */
    public long rowsPerBatch() {
        return ROWS / batches;
    }

    /** Where the file lies. */
    public Path in(Path folder) {
        return folder.resolve(stem() + ".arrow");
    }

    /** A line for each batch of the file: its rows and the offset of its body. For readers that know no Arrow. */
    Path blocksIn(Path folder) {
        return folder.resolve(stem() + ".arrow.blocks");
    }

    private String stem() {
        return (nulls ? "nulls-" : "values-") + batches;
    }

    /** Value of {@code id}, int64. */
    public static long id(long row) {
        return row;
    }

    /** Value of {@code value}, float64; where the row is null, what lies there. Sums are exact in whatever order. */
    public static double value(long row) {
        return row * 0.5;
    }

    /** Value of {@code kind}, uint32. */
    public static int kind(long row) {
        return (int) (row % KINDS);
    }

    /** Value of {@code flag}, bool. */
    public static boolean flag(long row) {
        return row % FLAG_EVERY == 0;
    }

    /** Whether {@code value} is null in the files with nulls: one row in seven, where no branch predictor expects it. */
    public static boolean isNull(long row) {
        long mixed = (row + 1) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return (mixed >>> 33) % NULL_EVERY == 0;
    }
}
