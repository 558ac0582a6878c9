package io.lightstream.codec.schema;

import static io.lightstream.codec.schema.BufferRole.DATA;
import static io.lightstream.codec.schema.BufferRole.OFFSETS;
import static io.lightstream.codec.schema.BufferRole.SIZES;
import static io.lightstream.codec.schema.BufferRole.TYPE_IDS;
import static io.lightstream.codec.schema.BufferRole.VALIDITY;
import static io.lightstream.codec.schema.BufferRole.VIEWS;

import java.util.List;

/**
 * Physical layout of an array: which buffers it has, in the order in which the Arrow format lists them.
 *
 * <p>Views are followed by a variable number of data buffers, which {@link #buffers()} does not list.
 */
public enum Layout {
    NULL(),
    /** One bit a value: booleans. */
    BIT(VALIDITY, DATA),
    /** A fixed number of bytes a value. */
    FIXED(VALIDITY, DATA),
    VARIABLE(VALIDITY, OFFSETS, DATA),
    LARGE_VARIABLE(VALIDITY, OFFSETS, DATA),
    VIEW(VALIDITY, VIEWS),
    LIST(VALIDITY, OFFSETS),
    LARGE_LIST(VALIDITY, OFFSETS),
    LIST_VIEW(VALIDITY, OFFSETS, SIZES),
    LARGE_LIST_VIEW(VALIDITY, OFFSETS, SIZES),
    FIXED_SIZE_LIST(VALIDITY),
    STRUCT(VALIDITY),
    SPARSE_UNION(TYPE_IDS),
    DENSE_UNION(TYPE_IDS, OFFSETS),
    RUN_END_ENCODED();

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; its type does not say so
    private final List<BufferRole> buffers;

    Layout(BufferRole... buffers) {
        this.buffers = List.of(buffers);
    }

    /** Roles of the buffers, in the order of the format; for {@link #VIEW} without the variadic data buffers. */
    public List<BufferRole> buffers() {
        return buffers;
    }

    /** Whether the first buffer is a validity bitmap. */
    public boolean hasValidity() {
        return !buffers.isEmpty() && buffers.get(0) == VALIDITY;
    }

    /** Whether the offsets (and sizes) of this layout are 64 bits wide. */
    public boolean hasLargeOffsets() {
        return this == LARGE_VARIABLE || this == LARGE_LIST || this == LARGE_LIST_VIEW;
    }
}
