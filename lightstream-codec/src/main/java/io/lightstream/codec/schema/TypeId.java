package io.lightstream.codec.schema;

/** Kind of a {@link DataType}, to switch over. */
public enum TypeId {
    NULL(Layout.NULL),
    BOOL(Layout.BIT),
    INT(Layout.FIXED),
    FLOATING_POINT(Layout.FIXED),
    DECIMAL(Layout.FIXED),
    DATE(Layout.FIXED),
    TIME(Layout.FIXED),
    TIMESTAMP(Layout.FIXED),
    DURATION(Layout.FIXED),
    INTERVAL(Layout.FIXED),
    UTF8(Layout.VARIABLE),
    LARGE_UTF8(Layout.LARGE_VARIABLE),
    UTF8_VIEW(Layout.VIEW),
    BINARY(Layout.VARIABLE),
    LARGE_BINARY(Layout.LARGE_VARIABLE),
    BINARY_VIEW(Layout.VIEW),
    FIXED_SIZE_BINARY(Layout.FIXED),
    LIST(Layout.LIST),
    LARGE_LIST(Layout.LARGE_LIST),
    LIST_VIEW(Layout.LIST_VIEW),
    LARGE_LIST_VIEW(Layout.LARGE_LIST_VIEW),
    FIXED_SIZE_LIST(Layout.FIXED_SIZE_LIST),
    STRUCT(Layout.STRUCT),
    MAP(Layout.LIST),
    UNION(Layout.DENSE_UNION),
    RUN_END_ENCODED(Layout.RUN_END_ENCODED);

    private final Layout layout;

    TypeId(Layout layout) {
        this.layout = layout;
    }

    /** Physical layout of arrays of this kind; sparse unions differ, see {@link DataType#layout()}. */
    Layout layout() {
        return layout;
    }
}
