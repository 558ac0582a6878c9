package io.lightstream.codec.internal;

/**
 * A view of text or bytes (Columnar.rst, "Variable-size Binary View Layout"), offsets and lengths in bytes:
 *
 * <pre>
 * up to 12 bytes:  | length i32 | the bytes, zero-padded to 12        |
 * longer:          | length i32 | prefix 4 | buffer i32 | offset i32  |
 * </pre>
 */
public final class ViewFormat {
    /** A view. */
    public static final int VIEW_BYTES = 16;

    /** The longest value that stands in its view. */
    public static final int INLINE_BYTES = 12;

    /** Where such a value, or the prefix of a longer one, stands. */
    public static final int INLINE_AT = 4;

    /** Where the index of the data buffer stands. */
    public static final int BUFFER_AT = 8;

    /** Where the offset in that buffer stands. */
    public static final int OFFSET_AT = 12;

    /** Index of the buffer of views of a column: behind validity. */
    public static final int VIEWS = 1;

    /** Index of the first data buffer of a column: behind validity and views. */
    public static final int FIRST_DATA_BUFFER = 2;

    private ViewFormat() {}
}
