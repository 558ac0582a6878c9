package io.lightstream.codec.internal.encode;

import io.lightstream.codec.memory.NativeMemory;

/** Offsets of a dense union whose children are written from their first used row on; {@code firstUsed} is by type id. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RebasedUnionOffsets(long typeIds, long address, long[] firstUsed) implements ComputedBuffer {
    @Override
    public void write(long from, long bytes, long target) {
        for (long at = 0; at < bytes; at += Integer.BYTES) {
            int typeId = NativeMemory.getByte(typeIds + (from + at) / Integer.BYTES);
            long first = firstUsed[typeId & firstUsed.length - 1];
            NativeMemory.putInt(target + at, (int) (NativeMemory.getInt(address + from + at) - first));
        }
    }
}
