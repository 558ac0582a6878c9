package io.lightstream.codec.memory;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * A mapping on Java 22 and newer: a segment of any length in an arena of its own. The JVM itself keeps every access through a
 * view from coming after the end of the arena.
 */
final class SegmentMapping implements MappedRange {
    private static final Class<?> SEGMENT = SegmentViews.SEGMENT;
    private static final Class<?> ARENA = SegmentViews.ARENA;

    /** {@code (FileChannel, position, length, Arena) -> MemorySegment}. */
    private static final MethodHandle MAP = MethodHandles.insertArguments(
                    Handles.virtual(
                            FileChannel.class,
                            "map",
                            SEGMENT,
                            FileChannel.MapMode.class,
                            long.class,
                            long.class,
                            ARENA),
                    1,
                    FileChannel.MapMode.READ_ONLY)
            .asType(MethodType.methodType(
                    Object.class, FileChannel.class, long.class, long.class, AutoCloseable.class));

    private static final MethodHandle ADDRESS =
            Handles.virtual(SEGMENT, "address", long.class).asType(MethodType.methodType(long.class, Object.class));

    /** {@code (MemorySegment, offset, length) -> ByteBuffer}, read-only because the mapping is. */
    private static final MethodHandle SLICE = MethodHandles.filterReturnValue(
                    Handles.virtual(SEGMENT, "asSlice", SEGMENT, long.class, long.class),
                    Handles.virtual(SEGMENT, "asByteBuffer", ByteBuffer.class))
            .asType(MethodType.methodType(ByteBuffer.class, Object.class, long.class, long.class));

    private final AutoCloseable arena;
    private final Object segment;

    private SegmentMapping(AutoCloseable arena, Object segment) {
        this.arena = arena;
        this.segment = segment;
    }

    static SegmentMapping map(FileChannel channel, long position, long length) throws IOException {
        AutoCloseable arena = SegmentViews.openArena();
        try {
            return new SegmentMapping(arena, (Object) MAP.invokeExact(channel, position, length, arena));
        } catch (Throwable e) {
            SegmentViews.close(arena);
            if (e instanceof IOException failed) {
                throw failed;
            }
            throw Handles.rethrown(e);
        }
    }

    @Override
    public long address() {
        try {
            return (long) ADDRESS.invokeExact(segment);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    @Override
    public ByteBuffer view(long offset, long length) {
        try {
            return ((ByteBuffer) SLICE.invokeExact(segment, offset, length)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    /** Nothing to remember: the view belongs to the arena. */
    @Override
    public void handOut(Buffer view) {}

    @Override
    public void unmap() {
        SegmentViews.close(arena);
    }
}
