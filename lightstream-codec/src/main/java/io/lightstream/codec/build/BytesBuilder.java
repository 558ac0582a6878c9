package io.lightstream.codec.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lightstream.codec.schema.Field;

/** Builds columns of text or binary of any length. Text is UTF-8, which is not checked where it is given as bytes. */
public abstract sealed class BytesBuilder extends ColumnBuilder permits BinaryBuilder, ViewBuilder {
    BytesBuilder(Field field, BuilderMemory memory) {
        super(field, memory);
    }

    /**
     * Appends {@code count} bytes of an array from index {@code at}.
     *
     * @throws ColumnOverflowException where the column holds no more bytes
     */
    public abstract void append(byte[] bytes, int at, int count);

    /**
     * Appends {@code count} bytes of native memory.
     *
     * @throws ColumnOverflowException where the column holds no more bytes
     */
    public abstract void appendFrom(long address, int count);

    /** Appends all bytes of an array. */
    public final void append(byte[] bytes) {
        append(bytes, 0, bytes.length);
    }

    /** Appends text. */
    public final void append(CharSequence text) {
        append(text.toString().getBytes(UTF_8));
    }
}
