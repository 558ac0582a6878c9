package io.lightstream.codec.memory;

import org.apache.arrow.memory.util.MemoryUtil;

/**
 * Raw access through {@code sun.misc.Unsafe}, by way of the class of Arrow that already holds it: a direct call is fast in
 * the interpreter too, where a method handle costs ten times more.
 */
final class UnsafeRawAccess implements RawAccess {

    /** Probes rather than reads the version: newer JDKs refuse memory access by option, later ones by default. */
    static boolean isPermitted() {
        try {
            Handles.unsafe("arrayBaseOffset", int.class, Class.class).invoke(byte[].class);
            return true;
        } catch (Throwable e) {
            if (e instanceof UnsupportedOperationException || e instanceof IllegalStateException) {
                return false;
            }
            throw Handles.rethrown(e);
        }
    }

    @Override
    public byte getByte(long address) {
        return MemoryUtil.getByte(address);
    }

    @Override
    public short getShort(long address) {
        return MemoryUtil.getShort(address);
    }

    @Override
    public int getInt(long address) {
        return MemoryUtil.getInt(address);
    }

    @Override
    public long getLong(long address) {
        return MemoryUtil.getLong(address);
    }

    @Override
    public void putByte(long address, byte value) {
        MemoryUtil.putByte(address, value);
    }

    @Override
    public void putShort(long address, short value) {
        MemoryUtil.putShort(address, value);
    }

    @Override
    public void putInt(long address, int value) {
        MemoryUtil.putInt(address, value);
    }

    @Override
    public void putLong(long address, long value) {
        MemoryUtil.putLong(address, value);
    }

    @Override
    public void copy(long from, long to, long bytes) {
        MemoryUtil.copyMemory(from, to, bytes);
    }

    @Override
    public void copyIn(byte[] from, int at, long to, int bytes) {
        MemoryUtil.copyToMemory(from, at, to, bytes);
    }

    @Override
    public void copyOut(long from, byte[] to, int at, int bytes) {
        MemoryUtil.copyFromMemory(from, to, at, bytes);
    }

    @Override
    public void fill(long address, long bytes, byte value) {
        MemoryUtil.setMemory(address, bytes, value);
    }
}
