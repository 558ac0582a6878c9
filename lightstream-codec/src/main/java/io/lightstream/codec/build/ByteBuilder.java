package io.lightstream.codec.build;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import java.util.Objects;

/** Builds columns of 8-bit integers, signed or not. */
public final class ByteBuilder extends FixedWidthBuilder {
    private final int least;
    private final int most;

    ByteBuilder(Field field, BuilderMemory memory) {
        super(field, memory);
        boolean signed = ((DataType.Int) field.type()).signed();
        this.least = signed ? Byte.MIN_VALUE : 0;
        this.most = signed ? Byte.MAX_VALUE : 0xFF;
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
        NativeMemory.putByte(address + length, (byte) value);
        length++;
    }

    /** Appends {@code count} values of an array from index {@code at}; for unsigned types the bits count. */
    public void append(byte[] values, int at, int count) {
        Objects.checkFromIndexSize(at, count, values.length);
        NativeMemory.copy(values, at, appendUninitialized(count), count);
    }
}
