package io.lightstream.codec.build;

import io.lightstream.codec.schema.Field;

/**
 * Values of one column that are not in Arrow memory yet; made by {@link Columns}, turned into a batch by {@code
 * RecordBatch.of}.
 */
public final class ColumnValues {
    private final Field field;
    private final Filler filler;
    private final boolean encoded;

    /** Appends all values. */
    @FunctionalInterface
    interface Filler {
        void fill(ColumnBuilder builder);
    }

    ColumnValues(Field field, Filler filler) {
        this(field, filler, false);
    }

    private ColumnValues(Field field, Filler filler, boolean encoded) {
        this.field = field;
        this.filler = filler;
        this.encoded = encoded;
    }

    /** These values as indices into a dictionary of their own, which the batch numbers. */
    ColumnValues encoded() {
        return new ColumnValues(field, filler, true);
    }

    boolean isEncoded() {
        return encoded;
    }

    /** Name and type of the column; where it is to be dictionary-encoded, without the encoding. */
    public Field field() {
        return field;
    }

    void fill(ColumnBuilder builder) {
        filler.fill(builder);
    }
}
