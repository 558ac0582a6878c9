package io.lightstream.codec.internal.encode;

import io.lightstream.codec.memory.NativeMemory;

/** Offsets of a dense union whose children are written from their first used row on; {@code firstUsed} is by type id. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RebasedUnionOffsets(long typeIds, long address, int[] firstUsed) implements ComputedBuffer {
    @Override
    public void write(long from, long bytes, long target) {
        for (long at = 0; at < bytes; at += Integer.BYTES) {
            int typeId = NativeMemory.getByte(typeIds + (from + at) / Integer.BYTES);
            NativeMemory.putInt(target + at, NativeMemory.getInt(address + from + at) - firstUsed[typeId]);
        }
    }
}
