package io.lightstream.codec.schema;

/** Resolution of times, timestamps and durations; the order is that of the Arrow format's {@code TimeUnit}. */
public enum TimeUnit {
    SECOND("s", 1L),
    MILLISECOND("ms", 1_000L),
    MICROSECOND("us", 1_000_000L),
    NANOSECOND("ns", 1_000_000_000L);

    private final String symbol;
    private final long perSecond;

    TimeUnit(String symbol, long perSecond) {
        this.symbol = symbol;
        this.perSecond = perSecond;
    }

    /** {@code s}, {@code ms}, {@code us} or {@code ns}. */
    public String symbol() {
        return symbol;
    }

    /** How many of this unit make a second. */
    public long perSecond() {
        return perSecond;
    }
}
