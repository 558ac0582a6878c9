package io.lightstream.codec.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Access to memory by address: views as byte buffers, and unaligned little-endian scalars. Everything in Lightstream that
 * reads or writes memory outside a Java object goes through this class, so that a change in what the JDK permits is a
 * change in one place.
 *
 * <p><b>Nothing here is checked against the end of the memory.</b> A wrong address ends the process. Callers check lengths
 * before they come here, and keep whatever owns the memory alive while a view of it is in use.
 *
 * <p>Buffers are made by {@code java.lang.foreign} on Java 22 and newer, by {@code sun.misc.Unsafe} before. Scalars go
 * through Unsafe on every JDK that permits it. On 25 compiled loops are as fast either way, but until the JIT compiler has
 * seen them Unsafe is ten times faster, and Arrow's own classes use it anyhow. Where it is refused
 * ({@code --sun-misc-unsafe-memory-access=deny}), {@code java.lang.foreign} serves everything, though Arrow's own classes
 * do not work there.
 *
 * <p>Thread-safe in the sense that it has no state of its own; accesses are plain, without ordering between threads.
 */
public final class NativeMemory {

    /** The longest view that every JDK can make, in bytes: {@code java.lang.foreign} leaves eight out. */
    public static final int LONGEST_VIEW = Integer.MAX_VALUE - 8;

    private static final int SHORT_FILL_BYTES = 64;
    /** Times a byte: a word of that byte. */
    private static final long EACH_BYTE = 0x0101_0101_0101_0101L;

    /** The first Java version in which {@code java.lang.foreign} is final. */
    private static final int FIRST_WITH_SEGMENTS = 22;

    private static final boolean SEGMENTS = Runtime.version().feature() >= FIRST_WITH_SEGMENTS;
    private static final boolean SWAP = ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN;

    // In parts, made when they are first needed: each takes some milliseconds of a cold process.

    private static final class Views {
        static final BufferViews VIEWS = SEGMENTS ? new SegmentViews() : new UnsafeViews();

        private Views() {}
    }

    private static final class Scalars {
        static final boolean UNSAFE = !SEGMENTS || UnsafeRawAccess.isPermitted();
        static final RawAccess RAW = UNSAFE ? new UnsafeRawAccess() : new SegmentRawAccess();

        private Scalars() {}
    }

    private static final class Freeing {
        static final InvokeCleaner CLEANER = JdkMethods.unsafe(InvokeCleaner.class);

        private Freeing() {}
    }

    private interface InvokeCleaner {
        void invokeCleaner(ByteBuffer direct);
    }

    private NativeMemory() {}

    /**
     * A little-endian direct buffer over {@code length} bytes at {@code address}. It neither owns nor keeps alive the
     * memory.
     *
     * @throws IllegalArgumentException if {@code length} is negative or more than {@link #LONGEST_VIEW}
     */
    public static ByteBuffer view(long address, long length) {
        checkViewable(length);
        return Views.VIEWS.view(address, length);
    }

    /**
     * As {@link #view}, but a read-only buffer.
     *
     * @throws IllegalArgumentException if {@code length} is negative or more than {@link #LONGEST_VIEW}
     */
    public static ByteBuffer readOnlyView(long address, long length) {
        checkViewable(length);
        return Views.VIEWS.readOnlyView(address, length);
    }

    private static void checkViewable(long length) {
        if (length < 0 || length > LONGEST_VIEW) {
            throw new IllegalArgumentException(
                    "length of a buffer view: expected 0.." + LONGEST_VIEW + ", found " + length);
        }
    }

    /**
     * The address of index 0 of a direct buffer, whatever its position. It is valid while {@code direct}, or the buffer
     * that it was sliced from, is reachable: hold it, or use {@link java.lang.ref.Reference#reachabilityFence}.
     *
     * @throws IllegalArgumentException if the buffer is not direct
     */
    public static long addressOf(ByteBuffer direct) {
        if (!direct.isDirect()) {
            throw new IllegalArgumentException("buffer: expected a direct one, found a heap buffer");
        }
        return Views.VIEWS.addressOf(direct);
    }

    /** The byte at {@code address}. */
    public static byte getByte(long address) {
        return Scalars.RAW.getByte(address);
    }

    /** The little-endian 16-bit value at {@code address}, which need not be aligned. */
    public static short getShort(long address) {
        short value = Scalars.RAW.getShort(address);
        return SWAP ? Short.reverseBytes(value) : value;
    }

    /** The little-endian 32-bit value at {@code address}, which need not be aligned. */
    public static int getInt(long address) {
        int value = Scalars.RAW.getInt(address);
        return SWAP ? Integer.reverseBytes(value) : value;
    }

    /** The little-endian 64-bit value at {@code address}, which need not be aligned. */
    public static long getLong(long address) {
        long value = Scalars.RAW.getLong(address);
        return SWAP ? Long.reverseBytes(value) : value;
    }

    /** Writes one byte at {@code address}. */
    public static void putByte(long address, byte value) {
        Scalars.RAW.putByte(address, value);
    }

    /** Writes a 16-bit value at {@code address}, little-endian, aligned or not. */
    public static void putShort(long address, short value) {
        Scalars.RAW.putShort(address, SWAP ? Short.reverseBytes(value) : value);
    }

    /** Writes a 32-bit value at {@code address}, little-endian, aligned or not. */
    public static void putInt(long address, int value) {
        Scalars.RAW.putInt(address, SWAP ? Integer.reverseBytes(value) : value);
    }

    /** Writes a 64-bit value at {@code address}, little-endian, aligned or not. */
    public static void putLong(long address, long value) {
        Scalars.RAW.putLong(address, SWAP ? Long.reverseBytes(value) : value);
    }

    /** Copies {@code bytes} bytes from one address to another; the ranges may overlap. */
    public static void copy(long from, long to, long bytes) {
        Scalars.RAW.copy(from, to, bytes);
    }

    /**
     * Copies {@code bytes} bytes of an array, from index {@code at}, to an address.
     *
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public static void copy(byte[] from, int at, long to, int bytes) {
        Objects.checkFromIndexSize(at, bytes, from.length);
        Scalars.RAW.copyIn(from, at, to, bytes);
    }

    /**
     * Copies {@code bytes} bytes from an address into an array, from index {@code at}.
     *
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public static void copyOut(long from, byte[] to, int at, int bytes) {
        Objects.checkFromIndexSize(at, bytes, to.length);
        Scalars.RAW.copyOut(from, to, at, bytes);
    }

    /** Sets {@code bytes} bytes from {@code address} on to {@code value}. */
    public static void fill(long address, long bytes, byte value) {
        if (bytes < SHORT_FILL_BYTES) {
            fillWordByWord(address, bytes, value);
        } else {
            Scalars.RAW.fill(address, bytes, value);
        }
    }

    /** The call for long ranges leaves Java code, which takes longer than a padding or a value. */
    private static void fillWordByWord(long address, long bytes, byte value) {
        long word = (value & 0xFFL) * EACH_BYTE;
        long at = address;
        for (long lastWord = address + bytes - Long.BYTES; at <= lastWord; at += Long.BYTES) {
            putLong(at, word);
        }
        for (long end = address + bytes; at < end; at++) {
            putByte(at, value);
        }
    }

    /**
     * The most bytes that this JVM gives to allocators at one time: {@code -XX:MaxDirectMemorySize}, or as much as the heap
     * where it is not set. Takes long to find out, the first time.
     */
    public static long limit() {
        return DirectMemoryLimit.bytes();
    }

    /** Whether this JVM has {@code java.lang.foreign}. */
    static boolean hasSegments() {
        return SEGMENTS;
    }

    /** Whether {@link #free} works; otherwise all memory has to come from {@link #allocate}. */
    static boolean canFreeBuffers() {
        return Scalars.UNSAFE;
    }

    /** Takes memory of any length; see {@link BufferViews#allocate}. */
    static BufferViews.LargeAllocation allocate(long length) {
        return Views.VIEWS.allocate(length);
    }

    /** Gives back what {@link ByteBuffer#allocateDirect} allocated, or a channel mapped, now instead of when it is collected. */
    static void free(ByteBuffer allocated) {
        Freeing.CLEANER.invokeCleaner(allocated);
    }
}
