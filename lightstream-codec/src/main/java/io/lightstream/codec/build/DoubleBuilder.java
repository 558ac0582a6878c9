package io.lightstream.codec.build;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.Field;
import java.nio.DoubleBuffer;
import java.util.Objects;

/** Builds {@code float64} columns. */
public final class DoubleBuilder extends FixedWidthBuilder {
    /** A view spans at most 2 GiB. */
    private static final int MOST_AT_ONCE = 1 << 27;

    DoubleBuilder(Field field, BuilderMemory memory) {
        super(field, memory);
    }

    /** Appends one value. */
    public void append(double value) {
        if (length == capacity) {
            grow();
        }
        NativeMemory.putLong(address + (length << 3), Double.doubleToRawLongBits(value));
        length++;
    }

    /** Appends {@code count} values of an array from index {@code at}. */
    public void append(double[] values, int at, int count) {
        Objects.checkFromIndexSize(at, count, values.length);
        append(DoubleBuffer.wrap(values, at, count));
    }

    /** Appends what remains in a buffer, whose position does not change. */
    public void append(DoubleBuffer values) {
        DoubleBuffer from = values.duplicate();
        int end = from.limit();
        reserve(from.remaining());
        while (from.position() < end) {
            int count = Math.min(end - from.position(), MOST_AT_ONCE);
            from.limit(from.position() + count);
            NativeMemory.view(appendUninitialized(count), (long) count * Double.BYTES)
                    .asDoubleBuffer()
                    .put(from);
            from.limit(end);
        }
    }
}
