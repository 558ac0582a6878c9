package io.lightstream.codec.memory;

import org.jspecify.annotations.Nullable;

/** Raw access through {@code sun.misc.Unsafe}. */
final class UnsafeRawAccess implements RawAccess {

    // In three parts, made when they are first needed: a cold process that looks at a few values reads only.

    private static final class Getters {
        static final GetByte BYTE = JdkMethods.unsafe(GetByte.class);
        static final GetShort SHORT = JdkMethods.unsafe(GetShort.class);
        static final GetInt INT = JdkMethods.unsafe(GetInt.class);
        static final GetLong LONG = JdkMethods.unsafe(GetLong.class);

        private Getters() {}
    }

    private static final class Setters {
        static final PutByte BYTE = JdkMethods.unsafe(PutByte.class);
        static final PutShort SHORT = JdkMethods.unsafe(PutShort.class);
        static final PutInt INT = JdkMethods.unsafe(PutInt.class);
        static final PutLong LONG = JdkMethods.unsafe(PutLong.class);

        private Setters() {}
    }

    private static final class Blocks {
        static final CopyMemory COPY = JdkMethods.unsafe(CopyMemory.class);
        static final CopyArray COPY_ARRAY = JdkMethods.unsafe(CopyArray.class);
        static final SetMemory FILL = JdkMethods.unsafe(SetMemory.class);
        static final long ARRAY_START = JdkMethods.unsafe(ArrayBaseOffset.class).arrayBaseOffset(byte[].class);

        private Blocks() {}
    }

    private interface GetByte {
        byte getByte(long address);
    }

    private interface GetShort {
        short getShort(long address);
    }

    private interface GetInt {
        int getInt(long address);
    }

    private interface GetLong {
        long getLong(long address);
    }

    private interface PutByte {
        void putByte(long address, byte value);
    }

    private interface PutShort {
        void putShort(long address, short value);
    }

    private interface PutInt {
        void putInt(long address, int value);
    }

    private interface PutLong {
        void putLong(long address, long value);
    }

    private interface CopyMemory {
        void copyMemory(long from, long to, long bytes);
    }

    /** Of two objects either may be null: then its offset is an address. */
    private interface CopyArray {
        void copyMemory(@Nullable Object from, long fromOffset, @Nullable Object to, long toOffset, long bytes);
    }

    private interface SetMemory {
        void setMemory(long address, long bytes, byte value);
    }

    private interface ArrayBaseOffset {
        int arrayBaseOffset(Class<?> type);
    }

    /** Probes rather than reads the version: newer JDKs refuse memory access by option, later ones by default. */
    static boolean isPermitted() {
        try {
            JdkMethods.unsafe(ArrayBaseOffset.class).arrayBaseOffset(byte[].class);
            return true;
        } catch (UnsupportedOperationException | IllegalStateException e) {
            return false;
        }
    }

    @Override
    public byte getByte(long address) {
        return Getters.BYTE.getByte(address);
    }

    @Override
    public short getShort(long address) {
        return Getters.SHORT.getShort(address);
    }

    @Override
    public int getInt(long address) {
        return Getters.INT.getInt(address);
    }

    @Override
    public long getLong(long address) {
        return Getters.LONG.getLong(address);
    }

    @Override
    public void putByte(long address, byte value) {
        Setters.BYTE.putByte(address, value);
    }

    @Override
    public void putShort(long address, short value) {
        Setters.SHORT.putShort(address, value);
    }

    @Override
    public void putInt(long address, int value) {
        Setters.INT.putInt(address, value);
    }

    @Override
    public void putLong(long address, long value) {
        Setters.LONG.putLong(address, value);
    }

    @Override
    public void copy(long from, long to, long bytes) {
        Blocks.COPY.copyMemory(from, to, bytes);
    }

    @Override
    public void copyIn(byte[] from, int at, long to, int bytes) {
        Blocks.COPY_ARRAY.copyMemory(from, Blocks.ARRAY_START + at, null, to, bytes);
    }

    @Override
    public void copyOut(long from, byte[] to, int at, int bytes) {
        Blocks.COPY_ARRAY.copyMemory(null, from, to, Blocks.ARRAY_START + at, bytes);
    }

    @Override
    public void fill(long address, long bytes, byte value) {
        Blocks.FILL.setMemory(address, bytes, value);
    }
}
