package io.lightstream.codec.memory;

import java.lang.reflect.Field;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Views on Java 17 to 21: a duplicate of a one-byte direct buffer whose address, capacity and limit are then replaced. The
 * result is an ordinary direct buffer to the JIT compiler and to channels, and needs no access to {@code java.nio}.
 */
final class UnsafeViews implements BufferViews {

    // In parts, made when they are first needed: a cold process that maps a file asks for an address only.

    private static final class Addresses {
        static final GetLong GET = JdkMethods.unsafe(GetLong.class);
        static final long ADDRESS = offsetOf("address");

        private Addresses() {}
    }

    private static final class Changes {
        static final PutLong PUT_LONG = JdkMethods.unsafe(PutLong.class);
        static final PutInt PUT_INT = JdkMethods.unsafe(PutInt.class);
        static final long CAPACITY = offsetOf("capacity");
        static final long LIMIT = offsetOf("limit");
        static final long POSITION = offsetOf("position");

        private Changes() {}
    }

    private static final class Allocations {
        static final AllocateMemory ALLOCATE = JdkMethods.unsafe(AllocateMemory.class);
        static final FreeMemory FREE = JdkMethods.unsafe(FreeMemory.class);

        private Allocations() {}
    }

    private interface ObjectFieldOffset {
        long objectFieldOffset(Field field);
    }

    private interface GetLong {
        long getLong(Object object, long offset);
    }

    private interface PutLong {
        void putLong(Object object, long offset, long value);
    }

    private interface PutInt {
        void putInt(Object object, long offset, int value);
    }

    private interface AllocateMemory {
        long allocateMemory(long bytes);
    }

    private interface FreeMemory {
        void freeMemory(long address);
    }

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
        Changes.PUT_LONG.putLong(view, Addresses.ADDRESS, address);
        Changes.PUT_INT.putInt(view, Changes.CAPACITY, length);
        Changes.PUT_INT.putInt(view, Changes.LIMIT, length);
        return view.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Takes the bytes from a buffer of any type: whoever holds it finds none there any more. */
    static void makeEmpty(Buffer view) {
        Changes.PUT_INT.putInt(view, Changes.LIMIT, 0);
        Changes.PUT_INT.putInt(view, Changes.CAPACITY, 0);
        Changes.PUT_INT.putInt(view, Changes.POSITION, 0);
    }

    @Override
    public long addressOf(ByteBuffer direct) {
        return Addresses.GET.getLong(direct, Addresses.ADDRESS);
    }

    @Override
    public LargeAllocation allocate(long length) {
        long address = Allocations.ALLOCATE.allocateMemory(length);
        return new LargeAllocation(address, () -> Allocations.FREE.freeMemory(address));
    }

    private static long offsetOf(String field) {
        try {
            return JdkMethods.unsafe(ObjectFieldOffset.class).objectFieldOffset(Buffer.class.getDeclaredField(field));
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("this JDK's buffers have no field " + field, e);
        }
    }
}
