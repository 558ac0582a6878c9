package io.lightstream.codec.memory;

import static io.lightstream.codec.memory.Segments.ARENA;
import static io.lightstream.codec.memory.Segments.SEGMENT;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Views on Java 22 and newer: {@code MemorySegment.ofAddress(a).reinterpret(n).asByteBuffer()}. */
final class SegmentViews implements BufferViews {

    /** {@code (address, length) -> MemorySegment}. A handle, because {@code reinterpret} looks at its caller. */
    private static final MethodHandle SEGMENT_AT = MethodHandles.filterArguments(
                    Handles.virtual(SEGMENT, "reinterpret", SEGMENT, long.class),
                    0,
                    Handles.statical(SEGMENT, "ofAddress", SEGMENT, long.class))
            .asType(MethodType.methodType(Object.class, long.class, long.class));

    private static final AsReadOnly AS_READ_ONLY =
            JdkMethods.as(AsReadOnly.class, Handles.virtual(SEGMENT, "asReadOnly", SEGMENT));
    private static final OfBuffer OF_BUFFER =
            JdkMethods.as(OfBuffer.class, Handles.statical(SEGMENT, "ofBuffer", SEGMENT, Buffer.class));
    private static final Allocate ALLOCATE =
            JdkMethods.as(Allocate.class, Handles.virtual(ARENA, "allocate", SEGMENT, long.class));

    private interface AsReadOnly {
        Object asReadOnly(Object segment);
    }

    /** From the buffer's position on. */
    private interface OfBuffer {
        Object ofBuffer(Buffer buffer);
    }

    private interface Allocate {
        Object allocate(AutoCloseable arena, long length);
    }

    static Object segmentAt(long address, long length) {
        try {
            return (Object) SEGMENT_AT.invokeExact(address, length);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    @Override
    public ByteBuffer view(long address, long length) {
        return Segments.buffer(segmentAt(address, length)).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public ByteBuffer readOnlyView(long address, long length) {
        return Segments.buffer(AS_READ_ONLY.asReadOnly(segmentAt(address, length)))
                .order(ByteOrder.LITTLE_ENDIAN);
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
