package io.lightstream.codec.schema;

/** What a buffer of an array holds. */
public enum BufferRole {
    /** One bit a value, least significant bit first; 1 is valid. An empty buffer says that all are valid. */
    VALIDITY,
    /** Values, or the bytes of strings and binaries. */
    DATA,
    /** Where each value starts: {@code length + 1} offsets for variable layouts and lists, {@code length} for list views and dense unions. */
    OFFSETS,
    /** How many elements each value of a list view has. */
    SIZES,
    /** The type id of each value of a union, one byte each. */
    TYPE_IDS,
    /** 16 bytes a value: length and either the bytes themselves or prefix, buffer index and offset. */
    VIEWS
}
