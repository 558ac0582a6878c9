package io.lightstream.codec.memory;

import static java.lang.invoke.MethodHandles.collectArguments;
import static java.lang.invoke.MethodHandles.insertArguments;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

/** Raw access through one {@code MemorySegment} that spans the whole address space: Java 22+ where Unsafe is refused. */
final class SegmentRawAccess implements RawAccess {

    private static final Class<?> SEGMENT = Segments.SEGMENT;
    private static final Class<?> LAYOUT = Handles.classNamed("java.lang.foreign.ValueLayout");
    private static final Object EVERYTHING = SegmentViews.segmentAt(0, Long.MAX_VALUE);
    private static final Object BYTES = layout("JAVA_BYTE");

    private static final MethodHandle GET_BYTE = getter("OfByte", "JAVA_BYTE", byte.class);
    private static final MethodHandle GET_SHORT = getter("OfShort", "JAVA_SHORT_UNALIGNED", short.class);
    private static final MethodHandle GET_INT = getter("OfInt", "JAVA_INT_UNALIGNED", int.class);
    private static final MethodHandle GET_LONG = getter("OfLong", "JAVA_LONG_UNALIGNED", long.class);
    private static final MethodHandle PUT_BYTE = setter("OfByte", "JAVA_BYTE", byte.class);
    private static final MethodHandle PUT_SHORT = setter("OfShort", "JAVA_SHORT_UNALIGNED", short.class);
    private static final MethodHandle PUT_INT = setter("OfInt", "JAVA_INT_UNALIGNED", int.class);
    private static final MethodHandle PUT_LONG = setter("OfLong", "JAVA_LONG_UNALIGNED", long.class);

    /** {@code (from, to, bytes)}. */
    private static final MethodHandle COPY = insertArguments(
            insertArguments(
                    Handles.statical(SEGMENT, "copy", void.class, SEGMENT, long.class, SEGMENT, long.class, long.class),
                    2,
                    EVERYTHING),
            0,
            EVERYTHING);

    /** {@code (from, at, to, bytes)}. */
    private static final MethodHandle COPY_IN = insertArguments(
                    Handles.statical(
                            SEGMENT,
                            "copy",
                            void.class,
                            Object.class,
                            int.class,
                            SEGMENT,
                            LAYOUT,
                            long.class,
                            int.class),
                    2,
                    EVERYTHING,
                    BYTES)
            .asType(MethodType.methodType(void.class, byte[].class, int.class, long.class, int.class));

    /** {@code (from, to, at, bytes)}. */
    private static final MethodHandle COPY_OUT = insertArguments(
                    Handles.statical(
                            SEGMENT,
                            "copy",
                            void.class,
                            SEGMENT,
                            LAYOUT,
                            long.class,
                            Object.class,
                            int.class,
                            int.class),
                    0,
                    EVERYTHING,
                    BYTES)
            .asType(MethodType.methodType(void.class, long.class, byte[].class, int.class, int.class));

    /** {@code (address, bytes, value)}. */
    private static final MethodHandle FILL = collectArguments(
                    Handles.virtual(SEGMENT, "fill", SEGMENT, byte.class),
                    0,
                    insertArguments(
                            Handles.virtual(SEGMENT, "asSlice", SEGMENT, long.class, long.class), 0, EVERYTHING))
            .asType(MethodType.methodType(void.class, long.class, long.class, byte.class));

    private static Object layout(String name) {
        try {
            return LAYOUT.getField(name).get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK has no ValueLayout." + name, e);
        }
    }

    private static MethodHandle getter(String type, String layout, Class<?> value) {
        Class<?> layoutType = Handles.classNamed(LAYOUT.getName() + "$" + type);
        return insertArguments(
                Handles.virtual(SEGMENT, "get", value, layoutType, long.class), 0, EVERYTHING, layout(layout));
    }

    private static MethodHandle setter(String type, String layout, Class<?> value) {
        Class<?> layoutType = Handles.classNamed(LAYOUT.getName() + "$" + type);
        return insertArguments(
                Handles.virtual(SEGMENT, "set", void.class, layoutType, long.class, value),
                0,
                EVERYTHING,
                layout(layout));
    }

    @Override
    public byte getByte(long address) {
        try {
            return (byte) GET_BYTE.invokeExact(address);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    @Override
    public short getShort(long address) {
        try {
            return (short) GET_SHORT.invokeExact(address);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    @Override
    public int getInt(long address) {
        try {
            return (int) GET_INT.invokeExact(address);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    @Override
    public long getLong(long address) {
        try {
            return (long) GET_LONG.invokeExact(address);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    @Override
    public void putByte(long address, byte value) {
        try {
            PUT_BYTE.invokeExact(address, value);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    @Override
    public void putShort(long address, short value) {
        try {
            PUT_SHORT.invokeExact(address, value);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    @Override
    public void putInt(long address, int value) {
        try {
            PUT_INT.invokeExact(address, value);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    @Override
    public void putLong(long address, long value) {
        try {
            PUT_LONG.invokeExact(address, value);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    @Override
    public void copy(long from, long to, long bytes) {
        try {
            COPY.invokeExact(from, to, bytes);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    @Override
    public void copyIn(byte[] from, int at, long to, int bytes) {
        try {
            COPY_IN.invokeExact(from, at, to, bytes);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    @Override
    public void copyOut(long from, byte[] to, int at, int bytes) {
        try {
            COPY_OUT.invokeExact(from, to, at, bytes);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    @Override
    public void fill(long address, long bytes, byte value) {
        try {
            FILL.invokeExact(address, bytes, value);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }
}
