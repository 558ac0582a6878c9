package io.lightstream.codec.build;

/**
 * A value does not fit into the column any more, because the offsets, indices or run ends of its type are too narrow. Take what
 * other columns have of the row back with {@link BatchBuilder#truncate}, finish the batch and append the row to the next one; or
 * use a wider type.
 */
public final class ColumnOverflowException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ColumnOverflowException(String column, String what, long most) {
        super("column '" + column + "': " + what + ": expected at most " + most
                + " in one batch, found more: take the row" + " back with BatchBuilder.truncate, and finish the batch");
    }
}
