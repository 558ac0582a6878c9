package io.lightstream.codec.internal.encode;

import static io.lightstream.codec.internal.ViewFormat.BUFFER_AT;
import static io.lightstream.codec.internal.ViewFormat.INLINE_BYTES;
import static io.lightstream.codec.internal.ViewFormat.OFFSET_AT;
import static io.lightstream.codec.internal.ViewFormat.VIEW_BYTES;

import io.lightstream.codec.memory.NativeMemory;

/**
 * Views into data buffers of which only the used range is written. What a null row holds may point anywhere: it is written
 * as an empty view then.
 *
 * <pre>
 * up to 12 bytes:  | length i32 | the bytes, zero-padded to 12        |
 * longer:          | length i32 | prefix 4 | buffer i32 | offset i32  |
 * </pre>
 */
record RebasedViews(long address, UsedRanges used) implements ComputedBuffer {

    /** Which part of each data buffer some views use. */
    static final class UsedRanges {
        private final long[] lengths;
        private final long[] starts;
        private final long[] ends;

        UsedRanges(long[] lengths) {
            this.lengths = lengths;
            this.starts = lengths.clone();
            this.ends = new long[lengths.length];
        }

        void scan(long views, long rows) {
            for (long view = views; view < views + rows * VIEW_BYTES; view += VIEW_BYTES) {
                int buffer = bufferOf(view);
                if (buffer >= 0) {
                    long offset = NativeMemory.getInt(view + OFFSET_AT);
                    starts[buffer] = Math.min(starts[buffer], offset);
                    ends[buffer] = Math.max(ends[buffer], offset + NativeMemory.getInt(view));
                }
            }
        }

        /** First used byte of a buffer. */
        long start(int buffer) {
            return ends[buffer] == 0 ? 0 : starts[buffer];
        }

        /** How many bytes from there on are used. */
        long length(int buffer) {
            return ends[buffer] - start(buffer);
        }

        /** The buffer of a view that is not inline; -1 where it does not lie in one. */
        private int bufferOf(long view) {
            int length = NativeMemory.getInt(view);
            if (length <= INLINE_BYTES) {
                return -1;
            }
            int buffer = NativeMemory.getInt(view + BUFFER_AT);
            long offset = NativeMemory.getInt(view + OFFSET_AT);
            boolean inside =
                    buffer >= 0 && buffer < lengths.length && offset >= 0 && offset + length <= lengths[buffer];
            return inside ? buffer : -1;
        }
    }

    @Override
    public void write(long from, long bytes, long target) {
        for (long at = 0; at < bytes; at += VIEW_BYTES) {
            long view = address + from + at;
            int length = NativeMemory.getInt(view);
            int buffer = used.bufferOf(view);
            if (buffer < 0 && (length < 0 || length > INLINE_BYTES)) {
                NativeMemory.fill(target + at, VIEW_BYTES, (byte) 0);
                continue;
            }
            NativeMemory.putLong(target + at, NativeMemory.getLong(view));
            NativeMemory.putLong(target + at + Long.BYTES, NativeMemory.getLong(view + Long.BYTES));
            if (buffer >= 0) {
                int offset = (int) (NativeMemory.getInt(view + OFFSET_AT) - used.start(buffer));
                NativeMemory.putInt(target + at + OFFSET_AT, offset);
            }
        }
    }
}
