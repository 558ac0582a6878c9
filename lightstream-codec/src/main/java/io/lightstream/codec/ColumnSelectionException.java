package io.lightstream.codec;

/**
 * A reader was told to hand out a column by name, and the schema of the input has none of that name, or several. The input may
 * be as good as any: it is another one than the reader was made for.
 */
public class ColumnSelectionException extends LightstreamException {
    private static final long serialVersionUID = 1L;

    /** Name of the column that was asked for. */
    private final String column;

    /**
     * A column that cannot be selected.
     *
     * @param source the name of the source, such as {@code tcp://host:9000} or a path
     * @param position the byte offset of the schema from the start of the source, or {@link #UNKNOWN_POSITION}
     * @param column the name that was asked for
     * @param expected what would have been right, such as the names that there are
     * @param found how many columns of that name there are
     */
    public ColumnSelectionException(String source, long position, String column, Object expected, Object found) {
        super(source, position, "column '" + column + "'", expected, found);
        this.column = column;
    }

    /**
     * Returns the name of the column that was asked for.
     *
     * @return the name
     */
    public final String column() {
        return column;
    }
}
