package io.lightstream.codec.internal.encode;

import static io.lightstream.codec.internal.ViewFormat.BUFFER_AT;
import static io.lightstream.codec.internal.ViewFormat.FIRST_DATA_BUFFER;
import static io.lightstream.codec.internal.ViewFormat.INLINE_BYTES;
import static io.lightstream.codec.internal.ViewFormat.OFFSET_AT;
import static io.lightstream.codec.internal.ViewFormat.VIEW_BYTES;

import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.internal.ValueBounds;
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
        private final ColumnData data;
        private final long[] starts;
        private final long[] ends;

        UsedRanges(ColumnData data) {
            this.data = data;
            this.starts = new long[data.bufferCount() - FIRST_DATA_BUFFER];
            this.ends = new long[starts.length];
            for (int i = 0; i < starts.length; i++) {
                starts[i] = data.length(FIRST_DATA_BUFFER + i);
            }
        }

        /**
         * Looks through the views of a column, the first of which lies at {@code views}.
         *
         * @throws io.lightstream.codec.InvalidValueException where one that is valid leads outside of the data buffers
         */
        void scan(Column column, long views) {
            for (long row = 0; row < column.length(); row++) {
                long view = views + row * VIEW_BYTES;
                int length = NativeMemory.getInt(view);
                if (isInline(length)) {
                    continue;
                }
                int buffer = NativeMemory.getInt(view + BUFFER_AT);
                int offset = NativeMemory.getInt(view + OFFSET_AT);
                if (ValueBounds.isViewRange(data, length, buffer, offset)) {
                    starts[buffer] = Math.min(starts[buffer], offset);
                    ends[buffer] = Math.max(ends[buffer], (long) offset + length);
                } else if (!column.isNull(row)) {
                    ValueBounds.viewBytes(data, row, view, length);
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
    }

    private static boolean isInline(int length) {
        return length >= 0 && length <= INLINE_BYTES;
    }

    @Override
    public void write(long from, long bytes, long target) {
        for (long at = 0; at < bytes; at += VIEW_BYTES) {
            long view = address + from + at;
            int length = NativeMemory.getInt(view);
            int buffer = NativeMemory.getInt(view + BUFFER_AT);
            int offset = NativeMemory.getInt(view + OFFSET_AT);
            boolean inline = isInline(length);
            if (!inline && !ValueBounds.isViewRange(used.data, length, buffer, offset)) {
                NativeMemory.fill(target + at, VIEW_BYTES, (byte) 0);
                continue;
            }
            NativeMemory.putLong(target + at, NativeMemory.getLong(view));
            NativeMemory.putLong(target + at + Long.BYTES, NativeMemory.getLong(view + Long.BYTES));
            if (!inline) {
                NativeMemory.putInt(target + at + OFFSET_AT, (int) (offset - used.start(buffer)));
            }
        }
    }
}
