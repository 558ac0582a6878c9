package io.lightstream.codec.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * A read-only view of the bytes that have arrived and have not been consumed. Indexes count from its first byte;
 * numbers are little-endian. Every access is checked against the window and throws {@link IndexOutOfBoundsException}
 * outside of it.
 *
 * <p>A window belongs to the driver that made it and is valid only during the call it is passed to. It is not
 * thread-safe.
 */
public final class ByteWindow {
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);

    private ByteBuffer bytes = EMPTY;
    private int start;
    private int length;
    private long position;

    ByteWindow() {}

    /**
     * A window for a driver of one's own, or a test.
     *
     * @param bytes the bytes between this buffer's position and limit, neither of which is changed; borrowed
     * @param position the offset of the first of them from the start of the stream
     * @return a new window
     */
    public static ByteWindow of(ByteBuffer bytes, long position) {
        ByteWindow window = new ByteWindow();
        window.reset(bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN), bytes.position(), bytes.remaining(), position);
        return window;
    }

    /** Points the window elsewhere; {@code littleEndian} must be just that. */
    void reset(ByteBuffer littleEndian, int newStart, int newLength, long newPosition) {
        this.bytes = littleEndian;
        this.start = newStart;
        this.length = newLength;
        this.position = newPosition;
    }

    /** Lets go of the bytes, so that a window kept by mistake shows nothing instead of something else. */
    void clear() {
        reset(EMPTY, 0, 0, position);
    }

    /**
     * Returns how many bytes the window holds.
     *
     * @return a number of bytes, possibly zero
     */
    public int remaining() {
        return length;
    }

    /**
     * Returns where in the stream the window starts.
     *
     * @return the offset of the first byte from the start of the stream
     */
    public long position() {
        return position;
    }

    /**
     * Returns one byte.
     *
     * @param index its index in the window
     * @return the byte
     */
    public byte getByte(int index) {
        return bytes.get(start + Objects.checkIndex(index, length));
    }

    /**
     * Returns a little-endian 32-bit integer.
     *
     * @param index the index of its first byte, which need not be aligned
     * @return the integer
     */
    public int getInt(int index) {
        return bytes.getInt(start + Objects.checkFromIndexSize(index, Integer.BYTES, length));
    }

    /**
     * Returns a little-endian 64-bit integer.
     *
     * @param index the index of its first byte, which need not be aligned
     * @return the integer
     */
    public long getLong(int index) {
        return bytes.getLong(start + Objects.checkFromIndexSize(index, Long.BYTES, length));
    }

    /**
     * Finds a byte.
     *
     * @param wanted the byte to look for
     * @param from the index to start at, at most {@link #remaining()}
     * @return the index of the first such byte at or after {@code from}, or -1
     */
    public int indexOf(byte wanted, int from) {
        Objects.checkFromToIndex(from, length, length);
        int index = start + from;
        int end = start + length;
        // Eight bytes at a time: a byte of `differences` is zero where the wanted byte is, and the classic zero-byte
        // test marks the lowest of those exactly.
        long pattern = (wanted & 0xFFL) * LOW_BITS;
        for (; index <= end - Long.BYTES; index += Long.BYTES) {
            long differences = bytes.getLong(index) ^ pattern;
            long zeroes = (differences - LOW_BITS) & ~differences & HIGH_BITS;
            if (zeroes != 0) {
                return index - start + (Long.numberOfTrailingZeros(zeroes) >>> 3);
            }
        }
        for (; index < end; index++) {
            if (bytes.get(index) == wanted) {
                return index - start;
            }
        }
        return -1;
    }

    /**
     * Returns a view of some of the bytes, little-endian, valid only as long as the window itself: its memory may be freed
     * after that, and who uses it then ends the process.
     *
     * @param index the index of the first byte
     * @param size the number of bytes
     * @return a read-only view
     */
    public ByteBuffer slice(int index, int size) {
        Objects.checkFromIndexSize(index, size, length);
        return bytes.slice(start + index, size).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Copies bytes into an array.
     *
     * @param index the index of the first byte
     * @param destination the array
     * @param offset where in the array the first byte goes
     * @param size the number of bytes
     */
    public void copyTo(int index, byte[] destination, int offset, int size) {
        Objects.checkFromIndexSize(index, size, length);
        bytes.get(start + index, destination, offset, size);
    }

    /**
     * Fills a buffer, from its position to its limit, and moves its position there.
     *
     * @param index the index of the first byte
     * @param destination the buffer
     */
    public void copyTo(int index, ByteBuffer destination) {
        int size = destination.remaining();
        Objects.checkFromIndexSize(index, size, length);
        destination.put(destination.position(), bytes, start + index, size);
        destination.position(destination.limit());
    }

    @Override
    public String toString() {
        return "ByteWindow[" + length + " bytes @" + position + "]";
    }
}
