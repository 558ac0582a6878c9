package io.lightstream.codec.build;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.Field;
import java.nio.FloatBuffer;
import java.util.Objects;

/** Builds {@code float32} columns. */
public final class FloatBuilder extends FixedWidthBuilder {
    /** A view spans at most 2 GiB. */
    private static final int MOST_AT_ONCE = 1 << 27;

    FloatBuilder(Field field, BuilderMemory memory) {
        super(field, memory);
    }

    /** Appends one value. */
    public void append(float value) {
        if (length == capacity) {
            grow();
        }
        NativeMemory.putInt(address + (length << 2), Float.floatToRawIntBits(value));
        length++;
    }

    /** Appends {@code count} values of an array from index {@code at}. */
    public void append(float[] values, int at, int count) {
        Objects.checkFromIndexSize(at, count, values.length);
        append(FloatBuffer.wrap(values, at, count));
    }

    /** Appends what remains in a buffer, whose position does not change. */
    public void append(FloatBuffer values) {
        FloatBuffer from = values.duplicate();
        int end = from.limit();
        reserve(from.remaining());
        while (from.position() < end) {
            int count = Math.min(end - from.position(), MOST_AT_ONCE);
            from.limit(from.position() + count);
            NativeMemory.view(appendUninitialized(count), (long) count * Float.BYTES)
                    .asFloatBuffer()
                    .put(from);
            from.limit(end);
        }
    }
}
