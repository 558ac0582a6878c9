package io.lightstream.codec.internal.body;

import static io.lightstream.codec.internal.ViewFormat.BUFFER_AT;
import static io.lightstream.codec.internal.ViewFormat.INLINE_AT;
import static io.lightstream.codec.internal.ViewFormat.INLINE_BYTES;
import static io.lightstream.codec.internal.ViewFormat.OFFSET_AT;
import static io.lightstream.codec.internal.ViewFormat.VIEW_BYTES;

import io.lightstream.codec.memory.NativeMemory;

/** Looks through the views of one column (Columnar.rst, "Variable-size Binary View Layout"). */
final class ViewScan {

    private final BodyBuffers buffers;
    private final long views;
    private final int firstData;
    private final int dataCount;

    ViewScan(BodyBuffers buffers, int viewBuffer, int firstData, int dataEnd) {
        this.buffers = buffers;
        this.views = buffers.address(viewBuffer);
        this.firstData = firstData;
        this.dataCount = dataEnd - firstData;
    }

    /** The first valid view that is not a range of one of the data buffers, or -1. */
    long firstWrong(long validity, long count) {
        for (long i = 0; i < count; i++) {
            if (!isRange(views + i * VIEW_BYTES) && ValueScan.isValid(validity, i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isRange(long view) {
        int length = NativeMemory.getInt(view);
        if (length <= INLINE_BYTES) {
            return length >= 0;
        }
        int buffer = NativeMemory.getInt(view + BUFFER_AT);
        int offset = NativeMemory.getInt(view + OFFSET_AT);
        return buffer >= 0
                && buffer < dataCount
                && offset >= 0
                && (long) offset + length <= buffers.length(firstData + buffer);
    }

    /** The first valid view whose bytes are not UTF-8, or -1; all views are known to be ranges. */
    long firstNotUtf8(long validity, long count) {
        for (long i = 0; i < count; i++) {
            long view = views + i * VIEW_BYTES;
            int length = NativeMemory.getInt(view);
            if (ValueScan.isValid(validity, i) && !Utf8.isWellFormed(bytes(view, length), length)) {
                return i;
            }
        }
        return -1;
    }

    /** The first valid view that does not repeat the first bytes of its value, or is not padded with zeros, or -1. */
    long firstUnlikeItsValue(long validity, long count) {
        for (long i = 0; i < count; i++) {
            if (ValueScan.isValid(validity, i) && !isLikeItsValue(views + i * VIEW_BYTES)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isLikeItsValue(long view) {
        int length = NativeMemory.getInt(view);
        if (length > INLINE_BYTES) {
            return NativeMemory.getInt(view + INLINE_AT) == NativeMemory.getInt(bytes(view, length));
        }
        for (int i = INLINE_AT + length; i < VIEW_BYTES; i++) {
            if (NativeMemory.getByte(view + i) != 0) {
                return false;
            }
        }
        return true;
    }

    private long bytes(long view, int length) {
        return length <= INLINE_BYTES
                ? view + INLINE_AT
                : buffers.address(firstData + NativeMemory.getInt(view + BUFFER_AT))
                        + NativeMemory.getInt(view + OFFSET_AT);
    }

    /** Length, buffer and offset of a view, for an error. */
    String describe(long row) {
        long view = views + row * VIEW_BYTES;
        return NativeMemory.getInt(view) + " bytes at " + NativeMemory.getInt(view + OFFSET_AT) + " of buffer "
                + NativeMemory.getInt(view + BUFFER_AT);
    }
}
