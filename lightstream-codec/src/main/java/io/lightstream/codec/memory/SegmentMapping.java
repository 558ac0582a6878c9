package io.lightstream.codec.memory;

import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * A mapping on Java 22 and newer: a segment of any length in an arena of its own. The JVM itself keeps every access through a
 * view from coming after the end of the arena.
 */
final class SegmentMapping implements MappedRange {
    private static final Map MAP = JdkMethods.as(
            Map.class,
            Handles.virtual(
                    FileChannel.class,
                    "map",
                    Segments.SEGMENT,
                    FileChannel.MapMode.class,
                    long.class,
                    long.class,
                    Segments.ARENA));

    /** {@code FileChannel.map}. */
    private interface Map {
        Object map(FileChannel channel, FileChannel.MapMode mode, long position, long length, AutoCloseable arena)
                throws IOException;
    }

    /** Made when a view is asked for. */
    private static final class Slices {
        static final AsSlice AS_SLICE = JdkMethods.as(
                AsSlice.class, Handles.virtual(Segments.SEGMENT, "asSlice", Segments.SEGMENT, long.class, long.class));

        private Slices() {}
    }

    private interface AsSlice {
        Object asSlice(Object segment, long offset, long length);
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

    /** Read-only because the mapping is. */
    @Override
    public ByteBuffer view(long offset, long length) {
        return Segments.buffer(Slices.AS_SLICE.asSlice(segment, offset, length)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Nothing to remember: the view belongs to the arena. */
    @Override
    public void handOut(Buffer view) {}

    @Override
    public void unmap() {
        Segments.close(arena);
    }
}
