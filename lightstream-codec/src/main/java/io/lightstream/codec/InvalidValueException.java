package io.lightstream.codec;

/**
 * A value that says where other values lie leads outside of the memory or the column that it refers to: an offset, the size of
 * a list, a view, a type id, an index into a dictionary, a run end.
 *
 * <p>Only columns that were read with {@link Validation#STRUCTURE}, or put together by hand, hold such values. Whatever
 * follows them throws this before memory is touched: getters by row, text, comparisons, writers, bridges. The source that the
 * batch came from is known no more, so unlike a {@link LightstreamException} it names the column and the row of it, counted
 * from 0: {@code offsets of row 3 of column 'name': expected a range of 120 bytes, found 64..9000; read with Validation.FULL to
 * have values checked on reading}.
 */
public final class InvalidValueException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /**
     * An error in one row.
     *
     * @param what the value that is wrong, such as {@code offsets}
     * @param row of the column, counted from 0
     * @param column its name
     * @param expected what would have been right
     * @param found what was there instead
     */
    public InvalidValueException(String what, long row, String column, Object expected, Object found) {
        super(LightstreamException.difference(what + " of row " + row + " of column '" + column + "'", expected, found)
                + "; read with Validation.FULL to have values checked on reading");
    }
}
