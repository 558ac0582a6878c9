package io.lightstream.codec;

import io.lightstream.codec.schema.BufferRole;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Layout;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Objects;
import java.util.function.Function;

/**
 * The typed views behind {@link Column}'s bulk access, and which types have which: a view is given only where its elements
 * mean what they say, so that nobody adds up the bits of floating point numbers.
 */
final class ColumnViews {
    private ColumnViews() {}

    static ByteBuffer bytes(ColumnData data, long from, long count) {
        requireIntegers(data, Byte.BYTES);
        return fixed(data, from, count, Byte.BYTES, bytes -> bytes);
    }

    /** Also the bits of float16, for which Java has no type. */
    static ShortBuffer shorts(ColumnData data, long from, long count) {
        if (!isFloatingPoint(data, Short.BYTES)) {
            requireIntegers(data, Short.BYTES);
        }
        return fixed(data, from, count, Short.BYTES, ByteBuffer::asShortBuffer);
    }

    static IntBuffer ints(ColumnData data, long from, long count) {
        requireIntegers(data, Integer.BYTES);
        return fixed(data, from, count, Integer.BYTES, ByteBuffer::asIntBuffer);
    }

    static LongBuffer longs(ColumnData data, long from, long count) {
        requireIntegers(data, Long.BYTES);
        return fixed(data, from, count, Long.BYTES, ByteBuffer::asLongBuffer);
    }

    static FloatBuffer floats(ColumnData data, long from, long count) {
        requireFloatingPoint(data, Float.BYTES);
        return fixed(data, from, count, Float.BYTES, ByteBuffer::asFloatBuffer);
    }

    static DoubleBuffer doubles(ColumnData data, long from, long count) {
        requireFloatingPoint(data, Double.BYTES);
        return fixed(data, from, count, Double.BYTES, ByteBuffer::asDoubleBuffer);
    }

    /** The bytes of values of any fixed width. */
    static ByteBuffer values(ColumnData data, long from, long count) {
        if (data.field().layout() != Layout.FIXED) {
            throw data.mismatch("of a fixed width");
        }
        return fixed(data, from, count, width(data), bytes -> bytes);
    }

    static IntBuffer offsets(ColumnData data, long from, long count) {
        Layout layout = data.field().layout();
        if (layout != Layout.VARIABLE && layout != Layout.LIST) {
            throw data.mismatch("32-bit offsets");
        }
        return offsets(data, from, count, Integer.BYTES, ByteBuffer::asIntBuffer);
    }

    static LongBuffer largeOffsets(ColumnData data, long from, long count) {
        Layout layout = data.field().layout();
        if (layout != Layout.LARGE_VARIABLE && layout != Layout.LARGE_LIST) {
            throw data.mismatch("64-bit offsets");
        }
        return offsets(data, from, count, Long.BYTES, ByteBuffer::asLongBuffer);
    }

    /** All bytes that offsets may refer to. */
    static ByteBuffer valueBytes(ColumnData data) {
        return valueBytes(data, 0, data.length(valueBytesIndex(data)));
    }

    static ByteBuffer valueBytes(ColumnData data, long from, long count) {
        Objects.checkFromIndexSize(from, count, data.length(valueBytesIndex(data)));
        return data.view(BufferRole.DATA, from, count, Byte.BYTES, bytes -> bytes);
    }

    private static int valueBytesIndex(ColumnData data) {
        Layout layout = data.field().layout();
        if (layout != Layout.VARIABLE && layout != Layout.LARGE_VARIABLE) {
            throw data.mismatch("text or binary behind offsets");
        }
        return data.indexOf(BufferRole.DATA);
    }

    private static <B extends Buffer> B offsets(
            ColumnData data, long from, long count, int width, Function<ByteBuffer, B> as) {
        data.memory().checkOpen();
        Objects.checkFromIndexSize(from, count, data.length());
        // Producers may leave out the offsets of a column without rows.
        boolean leftOut = data.length() == 0 && data.length(data.indexOf(BufferRole.OFFSETS)) < width;
        return leftOut
                ? as.apply(ByteBuffer.allocate(width))
                : data.view(BufferRole.OFFSETS, data.offset() + from, count + 1, width, as);
    }

    private static <B extends Buffer> B fixed(
            ColumnData data, long from, long count, int width, Function<ByteBuffer, B> as) {
        data.memory().checkOpen();
        Objects.checkFromIndexSize(from, count, data.length());
        return data.view(BufferRole.DATA, data.offset() + from, count, width, as);
    }

    private static void requireIntegers(ColumnData data, int width) {
        boolean fits = data.field().layout() == Layout.FIXED
                && FixedColumn.holdsIntegers(data.field().storageType())
                && width(data) == width;
        if (!fits) {
            throw data.mismatch("integers of " + width * Byte.SIZE + " bits");
        }
    }

    private static void requireFloatingPoint(ColumnData data, int width) {
        if (!isFloatingPoint(data, width)) {
            throw data.mismatch("float" + width * Byte.SIZE);
        }
    }

    private static boolean isFloatingPoint(ColumnData data, int width) {
        return data.field().storageType() instanceof DataType.FloatingPoint && width(data) == width;
    }

    private static int width(ColumnData data) {
        return data.field().storageType().byteWidth();
    }
}
