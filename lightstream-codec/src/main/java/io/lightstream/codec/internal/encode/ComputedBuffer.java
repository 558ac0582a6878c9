package io.lightstream.codec.internal.encode;

/** A buffer of a body that is not written as it lies in memory, because its column is a slice of a larger one. */
interface ComputedBuffer {
    /** {@link #write} begins at multiples of this many bytes. */
    int STEP_BYTES = 64;

    /**
     * Writes part of the buffer.
     *
     * @param from first byte of the part, a multiple of {@link #STEP_BYTES}
     * @param bytes length of the part
     * @param target address to write to
     */
    void write(long from, long bytes, long target);
}
