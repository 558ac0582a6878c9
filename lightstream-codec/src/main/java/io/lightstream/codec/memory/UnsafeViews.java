package io.lightstream.codec.memory;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Views on Java 17 to 21: a duplicate of a one-byte direct buffer whose address, capacity and limit are then replaced. The
 * result is an ordinary direct buffer to the JIT compiler and to channels, and needs no access to {@code java.nio}.
 */
final class UnsafeViews implements BufferViews {

    private static final MethodHandle FIELD_OFFSET = Handles.unsafe("objectFieldOffset", long.class, Field.class);
    private static final MethodHandle GET_LONG = Handles.unsafe("getLong", long.class, Object.class, long.class);
    private static final MethodHandle PUT_LONG =
            Handles.unsafe("putLong", void.class, Object.class, long.class, long.class);
    private static final MethodHandle PUT_INT =
            Handles.unsafe("putInt", void.class, Object.class, long.class, int.class);
    private static final MethodHandle ALLOCATE = Handles.unsafe("allocateMemory", long.class, long.class);
    private static final MethodHandle FREE = Handles.unsafe("freeMemory", void.class, long.class);

    private static final long ADDRESS = offsetOf("address");
    private static final long CAPACITY = offsetOf("capacity");
    private static final long LIMIT = offsetOf("limit");
    private static final long POSITION = offsetOf("position");

    /** Every view keeps this buffer reachable and nothing else: a view does not own its memory. */
    private static final ByteBuffer PROTOTYPE = ByteBuffer.allocateDirect(1);

    private static final ByteBuffer READ_ONLY_PROTOTYPE = PROTOTYPE.asReadOnlyBuffer();

    @Override
    public ByteBuffer view(long address, long length) {
        return moved(PROTOTYPE.duplicate(), address, (int) length);
    }

    @Override
    public ByteBuffer readOnlyView(long address, long length) {
        return moved(READ_ONLY_PROTOTYPE.duplicate(), address, (int) length);
    }

    private static ByteBuffer moved(ByteBuffer view, long address, int length) {
        try {
            PUT_LONG.invokeExact((Object) view, ADDRESS, address);
            PUT_INT.invokeExact((Object) view, CAPACITY, length);
            PUT_INT.invokeExact((Object) view, LIMIT, length);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
        return view.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Takes the bytes from a buffer of any type: whoever holds it finds none there any more. */
    static void makeEmpty(Buffer view) {
        try {
            PUT_INT.invokeExact((Object) view, LIMIT, 0);
            PUT_INT.invokeExact((Object) view, CAPACITY, 0);
            PUT_INT.invokeExact((Object) view, POSITION, 0);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    @Override
    public long addressOf(ByteBuffer direct) {
        try {
            return (long) GET_LONG.invokeExact((Object) direct, ADDRESS);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    @Override
    public LargeAllocation allocate(long length) {
        try {
            long address = (long) ALLOCATE.invokeExact(length);
            return new LargeAllocation(address, () -> free(address));
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    private static void free(long address) {
        try {
            FREE.invokeExact(address);
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    private static long offsetOf(String field) {
        try {
            return (long) FIELD_OFFSET.invokeExact(Buffer.class.getDeclaredField(field));
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }
}
