package io.lightstream.formats.json;

import io.lightstream.codec.Column;

/** A range of rows of a column: one of the parts that are written as one. */
record Rows(Column column, long from, long count) {
    /** Row {@code from} as an element of the column's buffers. */
    long element() {
        return column.data().offset() + from;
    }

    /** Whether the row, counted from the first of this range, is valid according to the column's own bitmap. */
    boolean isValid(long row) {
        long at = from + row;
        return column.nullCount() == 0 || (column.validityWord(at >>> 6) >>> (at & 63) & 1) != 0;
    }

    /** Child {@code index} as it lies. */
    Column child(int index) {
        return column.data().children().get(index);
    }

    /** All rows of child {@code index}. */
    Rows wholeChild(int index) {
        return new Rows(child(index), 0, child(index).length());
    }
}
