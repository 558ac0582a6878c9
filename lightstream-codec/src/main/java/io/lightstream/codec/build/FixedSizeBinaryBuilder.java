package io.lightstream.codec.build;

import io.lightstream.codec.schema.Field;
import java.util.Objects;

/** Builds columns of byte strings of one width. */
public final class FixedSizeBinaryBuilder extends FixedWidthBuilder {
    private final int width;

    FixedSizeBinaryBuilder(Field field, BuilderMemory memory) {
        super(field, memory);
        this.width = field.type().byteWidth();
    }

    /**
     * Appends one value.
     *
     * @throws IllegalArgumentException where it has another width than the type
     */
    public void append(byte[] value) {
        if (value.length != width) {
            throw new IllegalArgumentException("bytes of a value of column '" + field().name() + "': expected " + width
                    + ", found " + value.length);
        }
        append(value, 0);
    }

    /** Appends the value that begins at index {@code at} of an array. */
    public void append(byte[] bytes, int at) {
        Objects.checkFromIndexSize(at, width, bytes.length);
        NativeBytes.copy(bytes, at, appendUninitialized(1), width);
    }
}
