package io.lightstream.codec.internal.body;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;
import java.util.Arrays;

/** Looks through the type ids and offsets of one union. */
final class UnionScan {
    private static final long UNKNOWN = -1;

    private final boolean dense;
    /** Rows of the child that a type id names. */
    private final long[] lengths = new long[256];

    UnionScan(DataType.Union type, long[] childLengths) {
        this.dense = type.mode() == DataType.UnionMode.DENSE;
        Arrays.fill(lengths, UNKNOWN);
        for (int i = 0; i < childLengths.length; i++) {
            lengths[type.typeIds().get(i)] = childLengths[i];
        }
    }

    boolean isDense() {
        return dense;
    }

    /** The first row whose type id names no child or whose offset lies outside of it, or -1. */
    long firstWrong(long typeIds, long offsets, long count) {
        for (long i = 0; i < count; i++) {
            long length = lengths[NativeMemory.getByte(typeIds + i) & 0xFF];
            long offset = dense ? NativeMemory.getInt(offsets + i * Integer.BYTES) : 0;
            // The rows of a sparse union's children are counted by the structure already.
            if (length == UNKNOWN || offset < 0 || (dense && offset >= length)) {
                return i;
            }
        }
        return -1;
    }

    /** Type id and offset of a row, for an error. */
    String describe(long typeIds, long offsets, long row) {
        String typeId = "type id " + NativeMemory.getByte(typeIds + row);
        return dense ? typeId + ", row " + NativeMemory.getInt(offsets + row * Integer.BYTES) : typeId;
    }
}
