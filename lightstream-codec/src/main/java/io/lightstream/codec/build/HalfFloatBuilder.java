package io.lightstream.codec.build;

import io.lightstream.codec.HalfFloats;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.Field;

/** Builds {@code float16} columns. */
public final class HalfFloatBuilder extends FixedWidthBuilder {
    HalfFloatBuilder(Field field, BuilderMemory memory) {
        super(field, memory);
    }

    /** Appends the nearest 16-bit value. */
    public void append(float value) {
        appendBits(HalfFloats.fromFloat(value));
    }

    /** Appends a value by its bits. */
    public void appendBits(short bits) {
        if (length == capacity) {
            grow();
        }
        NativeMemory.putShort(address + (length << 1), bits);
        length++;
    }
}
