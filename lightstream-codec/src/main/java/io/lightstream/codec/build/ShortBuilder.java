package io.lightstream.codec.build;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import java.util.Objects;

/** Builds columns of 16-bit integers, signed or not. */
public final class ShortBuilder extends FixedWidthBuilder {
    private final int least;
    private final int most;

    ShortBuilder(Field field, BuilderMemory memory) {
        super(field, memory);
        boolean signed = ((DataType.Int) field.type()).signed();
        this.least = signed ? Short.MIN_VALUE : 0;
        this.most = signed ? Short.MAX_VALUE : 0xFFFF;
    }

    /**
     * Appends one value.
     *
     * @throws IllegalArgumentException where it is out of the range of the type
     */
    public void append(int value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "value of column '" + field().name() + "': expected " + least + ".." + most + ", found " + value);
        }
        if (length == capacity) {
            grow();
        }
        NativeMemory.putShort(address + (length << 1), (short) value);
        length++;
    }

    /** Appends {@code count} values of an array from index {@code at}; for unsigned types the bits count. */
    public void append(short[] values, int at, int count) {
        Objects.checkFromIndexSize(at, count, values.length);
        reserve(count);
        for (int i = 0; i < count; i++) {
            NativeMemory.putShort(address + ((length + i) << 1), values[at + i]);
        }
        length += count;
    }
}
