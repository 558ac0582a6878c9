package io.lightstream.codec.memory;

import static io.lightstream.codec.memory.Segments.ARENA;
import static io.lightstream.codec.memory.Segments.SEGMENT;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A mapping on Java 22 and newer: a segment of any length in an arena of its own. The JVM itself keeps every access through a
 * view from coming after the end of the arena.
 */
final class SegmentMapping implements MappedRange {
    private static final Map MAP = JdkMethods.as(
            Map.class,
            Handles.virtual(
                    FileChannel.class, "map", SEGMENT, FileChannel.MapMode.class, long.class, long.class, ARENA));

    /** {@code FileChannel.map}. */
    private interface Map {
        Object map(FileChannel channel, FileChannel.MapMode mode, long position, long length, AutoCloseable arena)
                throws IOException;
    }

    /** Made when a view is asked for. */
    private static final class Views {
        /** {@code (MemorySegment, offset, length) -> ByteBuffer}, read-only because the mapping is. */
        static final MethodHandle SLICE = MethodHandles.filterReturnValue(
                        Handles.virtual(SEGMENT, "asSlice", SEGMENT, long.class, long.class), Segments.toBuffer())
                .asType(MethodType.methodType(ByteBuffer.class, Object.class, long.class, long.class));

        private Views() {}
    }

    private final AutoCloseable arena;
    private final Object segment;

    private SegmentMapping(AutoCloseable arena, Object segment) {
        this.arena = arena;
        this.segment = segment;
    }

    static SegmentMapping map(FileChannel channel, long position, long length) throws IOException {
        AutoCloseable arena = Segments.openArena();
        try {
            return new SegmentMapping(arena, MAP.map(channel, FileChannel.MapMode.READ_ONLY, position, length, arena));
        } catch (IOException | RuntimeException | Error e) {
            Segments.close(arena);
            throw e;
        }
    }

    @Override
    public long address() {
        return Segments.address(segment);
    }

    @Override
    public ByteBuffer view(long offset, long length) {
        try {
            return (ByteBuffer) Views.SLICE.invokeExact(segment, offset, length);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    /** Nothing to remember: the view belongs to the arena. */
    @Override
    public void handOut(Buffer view) {}

    @Override
    public void unmap() {
        Segments.close(arena);
    }
}
