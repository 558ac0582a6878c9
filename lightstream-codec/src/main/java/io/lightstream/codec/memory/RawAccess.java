package io.lightstream.codec.memory;

/**
 * Unchecked access to native memory in the byte order of the machine. One instance serves the life of the JVM, held in a
 * {@code static final} field, so that the compiler sees its class and inlines every call.
 */
interface RawAccess {

    byte getByte(long address);

    short getShort(long address);

    int getInt(long address);

    long getLong(long address);

    void putByte(long address, byte value);

    void putShort(long address, short value);

    void putInt(long address, int value);

    void putLong(long address, long value);

    /** Copies between two ranges that may overlap. */
    void copy(long from, long to, long bytes);

    void copyIn(byte[] from, int at, long to, int bytes);

    void copyOut(long from, byte[] to, int at, int bytes);

    void fill(long address, long bytes, byte value);
}
