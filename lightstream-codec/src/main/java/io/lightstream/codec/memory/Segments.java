package io.lightstream.codec.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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

    private Segments() {}

    /**
     * {@code MemorySegment -> ByteBuffer}, little-endian. A handle, to be combined with others: compiled, a view that is made in
     * steps takes half as long again as one that a single handle makes.
     */
    static MethodHandle toBuffer() {
        return MethodHandles.filterReturnValue(
                Handles.virtual(SEGMENT, "asByteBuffer", ByteBuffer.class),
                MethodHandles.insertArguments(
                        Handles.virtual(ByteBuffer.class, "order", ByteBuffer.class, ByteOrder.class),
                        1,
                        ByteOrder.LITTLE_ENDIAN));
    }

    static long address(Object segment) {
        return ADDRESS.address(segment);
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
