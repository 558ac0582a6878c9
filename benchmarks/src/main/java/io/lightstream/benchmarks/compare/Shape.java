package io.lightstream.benchmarks.compare;

/**
 * A table that every contender sends or decodes; the values are given by formulae in {@code benchmarks/README.md}.
 *
 * <p>{@link #dataBytes} counts the bytes a reader needs (values, offsets, characters, dictionary indices) and leaves
 * out metadata, padding and validity bitmaps, which differ between writers. Rates are computed from it for everyone,
 * so a contender gains nothing by writing more.
 */
enum Shape {
    A(100_000, 2_888_894),
    B(1_000_000, 32_000_000),
    C(100, 2_594),
    D(8_388_608, 67_108_864),
    E(1_000, 8_000_000),
    /** One int64 column of 1 KiB and of 1 GiB: the pair shows what in decoding is proportional to bytes. */
    K(128, 1_024),
    G(134_217_728, 1_073_741_824);

    private static final long PROBE_STRIDE = 7_919;

    private final long rows;
    private final long dataBytes;

    Shape(long rows, long dataBytes) {
        this.rows = rows;
        this.dataBytes = dataBytes;
    }

    long dataBytes() {
        return dataBytes;
    }

    /** Rates of batches this small are told in messages a second: their bytes are not what they cost. */
    boolean isSmall() {
        return dataBytes < 16_384;
    }

    /**
     * What a receiver must have summed up after {@code batches} batches: of batch {@code k} the value of every column
     * at row {@code k * 7919 % rows}, plus the number of rows.
     */
    long checksum(long batches) {
        long sum = 0;
        for (long batch = 0; batch < batches; batch++) {
            sum += rows + probe(probedRow(batch, rows));
        }
        return sum;
    }

    /** The row that is looked at in step {@code step} of a round. */
    static long probedRow(long step, long rows) {
        return step * PROBE_STRIDE % rows;
    }

    private long probe(long row) {
        return switch (this) {
            case A, C -> row + row / 2 + "row_".length() + Long.toString(row).length() + row % 3;
            case B -> row * (1 + 2 + 3 + 4);
            case D, K, G -> row;
            case E -> 1_000 * row + 499_500;
        };
    }
}
