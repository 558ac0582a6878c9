package io.lightstream.codec.internal.body;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;
import java.util.Arrays;

/** Looks through the type ids and offsets of one union. */
final class UnionScan {
    private static final long UNKNOWN = -1;
    private static final int TYPE_IDS = 256;

    private final boolean dense;
    /** Rows of the child that a type id names. */
    private final long[] lengths = new long[TYPE_IDS];

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

    /**
     * The first row of a dense union whose offset is below one before it in the same child, or -1 (Columnar.rst, "Dense
     * Union": the offsets of each child are in order).
     */
    static long firstFalling(long typeIds, long offsets, long count) {
        int[] last = new int[TYPE_IDS];
        for (long i = 0; i < count; i++) {
            int typeId = NativeMemory.getByte(typeIds + i) & 0xFF;
            int offset = NativeMemory.getInt(offsets + i * Integer.BYTES);
            if (offset < last[typeId]) {
                return i;
            }
            last[typeId] = offset;
        }
        return -1;
    }

    /** Type id and offset of a row, for an error. */
    String describe(long typeIds, long offsets, long row) {
        String typeId = "type id " + NativeMemory.getByte(typeIds + row);
        return dense ? typeId + ", row " + NativeMemory.getInt(offsets + row * Integer.BYTES) : typeId;
    }
}
