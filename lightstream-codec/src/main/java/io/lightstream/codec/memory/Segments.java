package io.lightstream.codec.memory;

import java.nio.ByteBuffer;

/** The classes of {@code java.lang.foreign} (Java 22 and newer) and what is done with any segment and arena. */
final class Segments {
    static final Class<?> SEGMENT = Handles.classNamed("java.lang.foreign.MemorySegment");
    static final Class<?> ARENA = Handles.classNamed("java.lang.foreign.Arena");

    private static final Address ADDRESS =
            JdkMethods.as(Address.class, Handles.virtual(SEGMENT, "address", long.class));
    private static final OfShared OF_SHARED = JdkMethods.as(OfShared.class, Handles.statical(ARENA, "ofShared", ARENA));

    private interface Address {
        long address(Object segment);
    }

    private interface OfShared {
        AutoCloseable ofShared();
    }

    /** Made when a buffer is asked for. */
    private static final class Buffers {
        static final AsByteBuffer AS_BYTE_BUFFER =
                JdkMethods.as(AsByteBuffer.class, Handles.virtual(SEGMENT, "asByteBuffer", ByteBuffer.class));

        private Buffers() {}
    }

    private interface AsByteBuffer {
        ByteBuffer asByteBuffer(Object segment);
    }

    private Segments() {}

    static long address(Object segment) {
        return ADDRESS.address(segment);
    }

    /** A big-endian buffer over the segment, as the JDK makes it. */
    static ByteBuffer buffer(Object segment) {
        return Buffers.AS_BYTE_BUFFER.asByteBuffer(segment);
    }

    static AutoCloseable openArena() {
        return OF_SHARED.ofShared();
    }

    static void close(AutoCloseable arena) {
        try {
            arena.close();
        } catch (Exception e) {
            throw Handles.rethrown(e);
        }
    }
}
