package io.lightstream.codec.build;

/** Named column builders: those of a batch, and the children of a struct. */
public sealed interface ColumnBuilders permits BatchBuilder, StructBuilder {
    /** Builder of column {@code index}. */
    ColumnBuilder column(int index);

    /**
     * Builder of the column called {@code name}.
     *
     * @throws IllegalArgumentException where no column, or more than one, has that name
     */
    ColumnBuilder column(String name);

    /** Builder of a column of booleans. */
    default BoolBuilder bools(String name) {
        return column(name).as(BoolBuilder.class);
    }

    /** Builder of a column of 32-bit integers, dates or times. */
    default IntBuilder ints(String name) {
        return column(name).as(IntBuilder.class);
    }

    /** Builder of a column of 64-bit integers, dates, times, timestamps or durations. */
    default LongBuilder longs(String name) {
        return column(name).as(LongBuilder.class);
    }

    /** Builder of a {@code float32} column. */
    default FloatBuilder floats(String name) {
        return column(name).as(FloatBuilder.class);
    }

    /** Builder of a {@code float64} column. */
    default DoubleBuilder doubles(String name) {
        return column(name).as(DoubleBuilder.class);
    }

    /** Builder of a column of decimals. */
    default DecimalBuilder decimals(String name) {
        return column(name).as(DecimalBuilder.class);
    }

    /** Builder of a column of text or binary, behind offsets or as views. */
    default BytesBuilder bytes(String name) {
        return column(name).as(BytesBuilder.class);
    }

    /** Builder of a column of lists, list views or maps. */
    default ListBuilder lists(String name) {
        return column(name).as(ListBuilder.class);
    }

    /** Builder of a column of structs. */
    default StructBuilder structs(String name) {
        return column(name).as(StructBuilder.class);
    }

    /** Builder of a dictionary-encoded column. */
    default DictionaryBuilder dictionaries(String name) {
        return column(name).as(DictionaryBuilder.class);
    }
}
