package io.lightstream.codec.build;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.Field;
import java.nio.IntBuffer;
import java.util.Objects;

/** Builds columns of 32-bit integers, signed or not (the bits count), and of 32-bit dates and times. */
public final class IntBuilder extends FixedWidthBuilder {
    /** A view spans at most 2 GiB. */
    private static final int MOST_AT_ONCE = 1 << 27;

    IntBuilder(Field field, BuilderMemory memory) {
        super(field, memory);
    }

    /** Appends one value. */
    public void append(int value) {
        if (length == capacity) {
            grow();
        }
        NativeMemory.putInt(address + (length << 2), value);
        length++;
    }

    /** Appends {@code count} values of an array from index {@code at}. */
    public void append(int[] values, int at, int count) {
        Objects.checkFromIndexSize(at, count, values.length);
        append(IntBuffer.wrap(values, at, count));
    }

    /** Appends what remains in a buffer, whose position does not change. */
    public void append(IntBuffer values) {
        IntBuffer from = values.duplicate();
        int end = from.limit();
        reserve(from.remaining());
        while (from.position() < end) {
            int count = Math.min(end - from.position(), MOST_AT_ONCE);
            from.limit(from.position() + count);
            NativeMemory.view(appendUninitialized(count), (long) count * Integer.BYTES)
                    .asIntBuffer()
                    .put(from);
            from.limit(end);
        }
    }
}
