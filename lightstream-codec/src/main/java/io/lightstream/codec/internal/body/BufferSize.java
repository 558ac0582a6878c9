package io.lightstream.codec.internal.body;

import io.lightstream.codec.internal.ViewFormat;
import io.lightstream.codec.schema.BufferRole;
import io.lightstream.codec.schema.Layout;

/**
 * How long a buffer has to be for so many rows (Columnar.rst, "Physical memory layout").
 *
 * @param bytesPerRow or {@link #BIT_PER_ROW}, or 0 where the rows do not tell, as for the bytes of strings
 * @param withEnd whether one element more says where the last row ends
 */
record BufferSize(BufferRole role, int bytesPerRow, boolean withEnd) {
    private static final int BIT_PER_ROW = -1;

    /** Sizes of the buffers of a layout, in their order, but for the data buffers of views. */
    static BufferSize[] of(Layout layout, int width) {
        // No stream: every process that reads comes here, and the first one takes it milliseconds.
        BufferSize[] sizes = new BufferSize[layout.buffers().size()];
        for (int i = 0; i < sizes.length; i++) {
            BufferRole role = layout.buffers().get(i);
            boolean withEnd = role == BufferRole.OFFSETS && hasEndOffset(layout);
            sizes[i] = new BufferSize(role, bytesPerRow(role, layout, width), withEnd);
        }
        return sizes;
    }

    private static int bytesPerRow(BufferRole role, Layout layout, int width) {
        return switch (role) {
            case VALIDITY -> BIT_PER_ROW;
            case TYPE_IDS -> Byte.BYTES;
            case OFFSETS, SIZES -> layout.hasLargeOffsets() ? Long.BYTES : Integer.BYTES;
            case VIEWS -> ViewFormat.VIEW_BYTES;
            case DATA ->
                switch (layout) {
                    case BIT -> BIT_PER_ROW;
                    case FIXED -> width;
                    default -> 0;
                };
        };
    }

    private static boolean hasEndOffset(Layout layout) {
        return switch (layout) {
            case VARIABLE, LARGE_VARIABLE, LIST, LARGE_LIST -> true;
            default -> false;
        };
    }

    /**
     * Bytes for {@code rows} rows. None for no rows: old writers then send no offsets at all.
     *
     * @throws ArithmeticException where there are more than a number can say
     */
    long needed(long rows) {
        if (bytesPerRow == BIT_PER_ROW) {
            return (rows + 7) >>> 3;
        }
        return rows == 0 ? 0 : Math.multiplyExact(withEnd ? rows + 1 : rows, (long) bytesPerRow);
    }
}
