package io.lightstream.codec.memory;

import static io.lightstream.codec.memory.Segments.ARENA;
import static io.lightstream.codec.memory.Segments.SEGMENT;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.Buffer;
import java.nio.ByteBuffer;

/** Views on Java 22 and newer: {@code MemorySegment.ofAddress(a).reinterpret(n).asByteBuffer()}, bound once. */
final class SegmentViews implements BufferViews {

    /** {@code (address, length) -> MemorySegment}. */
    private static final MethodHandle SEGMENT_AT = MethodHandles.filterArguments(
            Handles.virtual(SEGMENT, "reinterpret", SEGMENT, long.class),
            0,
            Handles.statical(SEGMENT, "ofAddress", SEGMENT, long.class));

    private static final MethodHandle VIEW = MethodHandles.filterReturnValue(SEGMENT_AT, Segments.toBuffer());
    private static final MethodHandle READ_ONLY_VIEW = MethodHandles.filterReturnValue(
            MethodHandles.filterReturnValue(SEGMENT_AT, Handles.virtual(SEGMENT, "asReadOnly", SEGMENT)),
            Segments.toBuffer());

    private static final OfBuffer OF_BUFFER =
            JdkMethods.as(OfBuffer.class, Handles.statical(SEGMENT, "ofBuffer", SEGMENT, Buffer.class));
    private static final Allocate ALLOCATE =
            JdkMethods.as(Allocate.class, Handles.virtual(ARENA, "allocate", SEGMENT, long.class));

    /** From the buffer's position on. */
    private interface OfBuffer {
        Object ofBuffer(Buffer buffer);
    }

    private interface Allocate {
        Object allocate(AutoCloseable arena, long length);
    }

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
        return Segments.address(OF_BUFFER.ofBuffer(direct)) - direct.position();
    }

    @Override
    public LargeAllocation allocate(long length) {
        AutoCloseable arena = Segments.openArena();
        try {
            long address = Segments.address(ALLOCATE.allocate(arena, length));
            return new LargeAllocation(address, () -> Segments.close(arena));
        } catch (RuntimeException | Error e) {
            Segments.close(arena);
            throw e;
        }
    }
}
