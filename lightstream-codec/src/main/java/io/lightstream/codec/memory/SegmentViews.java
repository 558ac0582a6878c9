package io.lightstream.codec.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Views on Java 22 and newer: {@code MemorySegment.ofAddress(a).reinterpret(n).asByteBuffer()}, bound once. */
final class SegmentViews implements BufferViews {

    static final Class<?> SEGMENT = Handles.classNamed("java.lang.foreign.MemorySegment");
    static final Class<?> ARENA = Handles.classNamed("java.lang.foreign.Arena");

    /** {@code (address, length) -> MemorySegment}. */
    private static final MethodHandle SEGMENT_AT = MethodHandles.filterArguments(
            Handles.virtual(SEGMENT, "reinterpret", SEGMENT, long.class),
            0,
            Handles.statical(SEGMENT, "ofAddress", SEGMENT, long.class));

    /** {@code MemorySegment -> ByteBuffer}, little-endian. */
    private static final MethodHandle TO_BUFFER = MethodHandles.filterReturnValue(
            Handles.virtual(SEGMENT, "asByteBuffer", ByteBuffer.class),
            MethodHandles.insertArguments(
                    Handles.virtual(ByteBuffer.class, "order", ByteBuffer.class, ByteOrder.class),
                    1,
                    ByteOrder.LITTLE_ENDIAN));

    private static final MethodHandle VIEW = MethodHandles.filterReturnValue(SEGMENT_AT, TO_BUFFER);
    private static final MethodHandle READ_ONLY_VIEW = MethodHandles.filterReturnValue(
            MethodHandles.filterReturnValue(SEGMENT_AT, Handles.virtual(SEGMENT, "asReadOnly", SEGMENT)), TO_BUFFER);

    private static final MethodHandle SEGMENT_ADDRESS = Handles.virtual(SEGMENT, "address", long.class);

    /** {@code Buffer -> long}: the address of the buffer's position. */
    private static final MethodHandle ADDRESS_AT_POSITION = MethodHandles.filterReturnValue(
            Handles.statical(SEGMENT, "ofBuffer", SEGMENT, Buffer.class), SEGMENT_ADDRESS);

    private static final MethodHandle OPEN_ARENA =
            Handles.statical(ARENA, "ofShared", ARENA).asType(MethodType.methodType(AutoCloseable.class));

    /** {@code (Arena, length) -> long}: the address of a new allocation. */
    private static final MethodHandle ALLOCATE_IN = MethodHandles.filterReturnValue(
                    Handles.virtual(ARENA, "allocate", SEGMENT, long.class), SEGMENT_ADDRESS)
            .asType(MethodType.methodType(long.class, AutoCloseable.class, long.class));

    /** {@code (address, length) -> MemorySegment}, for {@link SegmentRawAccess}. */
    static Object segmentAt(long address, long length) {
        try {
            return SEGMENT_AT.invoke(address, length);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    @Override
    public ByteBuffer view(long address, long length) {
        try {
            return (ByteBuffer) VIEW.invokeExact(address, length);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    @Override
    public ByteBuffer readOnlyView(long address, long length) {
        try {
            return (ByteBuffer) READ_ONLY_VIEW.invokeExact(address, length);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    @Override
    public long addressOf(ByteBuffer direct) {
        try {
            return (long) ADDRESS_AT_POSITION.invokeExact((Buffer) direct) - direct.position();
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    @Override
    public LargeAllocation allocate(long length) {
        AutoCloseable arena = openArena();
        try {
            long address = (long) ALLOCATE_IN.invokeExact(arena, length);
            return new LargeAllocation(address, () -> close(arena));
        } catch (Throwable e) {
            close(arena);
            throw Handles.rethrown(e);
        }
    }

    static AutoCloseable openArena() {
        try {
            return (AutoCloseable) OPEN_ARENA.invokeExact();
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    static void close(AutoCloseable arena) {
        try {
            arena.close();
        } catch (Exception e) {
            throw Handles.rethrown(e);
        }
    }
}
