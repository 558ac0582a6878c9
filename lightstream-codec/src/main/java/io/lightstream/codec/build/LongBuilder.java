package io.lightstream.codec.build;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.Field;
import java.nio.LongBuffer;
import java.util.Objects;

/** Builds columns of 64-bit integers, signed or not, and of 64-bit dates, times, timestamps and durations. */
public final class LongBuilder extends FixedWidthBuilder {
    /** A view spans at most 2 GiB. */
    private static final int MOST_AT_ONCE = 1 << 27;

    LongBuilder(Field field, BuilderMemory memory) {
        super(field, memory);
    }

    /** Appends one value. */
    public void append(long value) {
        if (length == capacity) {
            grow();
        }
        NativeMemory.putLong(address + (length << 3), value);
        length++;
    }

    /** Appends {@code count} values of an array from index {@code at}. */
    public void append(long[] values, int at, int count) {
        Objects.checkFromIndexSize(at, count, values.length);
        append(LongBuffer.wrap(values, at, count));
    }

    /** Appends what remains in a buffer, whose position does not change. */
    public void append(LongBuffer values) {
        LongBuffer from = values.duplicate();
        int end = from.limit();
        reserve(from.remaining());
        while (from.position() < end) {
            int count = Math.min(end - from.position(), MOST_AT_ONCE);
            from.limit(from.position() + count);
            NativeMemory.view(appendUninitialized(count), (long) count * Long.BYTES)
                    .asLongBuffer()
                    .put(from);
            from.limit(end);
        }
    }
}
