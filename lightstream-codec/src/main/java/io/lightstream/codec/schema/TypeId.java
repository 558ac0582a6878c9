package io.lightstream.codec.schema;

/** Kind of a {@link DataType}, to switch over. */
public enum TypeId {
    NULL,
    BOOL,
    INT,
    FLOATING_POINT,
    DECIMAL,
    DATE,
    TIME,
    TIMESTAMP,
    DURATION,
    INTERVAL,
    UTF8,
    LARGE_UTF8,
    UTF8_VIEW,
    BINARY,
    LARGE_BINARY,
    BINARY_VIEW,
    FIXED_SIZE_BINARY,
    LIST,
    LARGE_LIST,
    LIST_VIEW,
    LARGE_LIST_VIEW,
    FIXED_SIZE_LIST,
    STRUCT,
    MAP,
    UNION,
    RUN_END_ENCODED
}
