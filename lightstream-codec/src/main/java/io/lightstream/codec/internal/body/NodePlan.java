package io.lightstream.codec.internal.body;

import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Layout;

/**
 * One field node of a schema, in the order in which record batches list them (depth first, parents before children).
 *
 * @param layout of the column itself: that of the indices where it is dictionary-encoded
 * @param width bytes a value of a fixed-width layout
 * @param children nodes of the children, in order
 * @param sizes how long its buffers have to be, in the order of {@link Layout#buffers()}
 * @param end the node behind this one's last descendant
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; read by every loop over the nodes
record NodePlan(Field field, Layout layout, int width, int[] children, BufferSize[] sizes, int end) {
    boolean isDictionaryEncoded() {
        return field.dictionary().isPresent();
    }

    /**
     * Whether it has a validity buffer before MetadataVersion V5, and none since. Run-end encoding is younger than V5, but C++
     * and Rust write it so where they are asked for V4.
     */
    boolean hasOldValidity() {
        return layout == Layout.SPARSE_UNION || layout == Layout.DENSE_UNION || layout == Layout.RUN_END_ENCODED;
    }
}
