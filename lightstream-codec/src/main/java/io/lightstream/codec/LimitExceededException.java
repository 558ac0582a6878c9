package io.lightstream.codec;

/**
 * The input asks for more than the reader was told to allow. It may be well formed; a reader with a larger limit may
 * succeed. Thrown before the memory asked for is taken.
 */
public final class LimitExceededException extends LightstreamException {
    private static final long serialVersionUID = 1L;

    /** The limit's name, as its setter is called. */
    private final String limitName;

    /** The largest value allowed. */
    private final long limit;

    /** The value the input asks for. */
    private final long requested;

    /**
     * An input that asks for more than a limit allows.
     *
     * @param source the name of the source, such as {@code tcp://host:9000} or a path
     * @param position the byte offset of the request from the start of the source, or {@link #UNKNOWN_POSITION}
     * @param limitName the name of the limit, as the method that sets it is called
     * @param limit the largest value allowed, in the limit's unit
     * @param requested the value the input asks for, in the same unit
     */
    public LimitExceededException(String source, long position, String limitName, long limit, long requested) {
        super(source, position, limitName, "at most " + limit, requested);
        this.limitName = limitName;
        this.limit = limit;
        this.requested = requested;
    }

    /**
     * Returns the name of the limit, as the method that sets it is called.
     *
     * @return the name
     */
    public String limitName() {
        return limitName;
    }

    /**
     * Returns the largest value allowed.
     *
     * @return the limit, in its own unit (bytes, rows, a depth)
     */
    public long limit() {
        return limit;
    }

    /**
     * Returns the value the input asks for.
     *
     * @return the value, in the unit of {@link #limit()}
     */
    public long requested() {
        return requested;
    }
}
