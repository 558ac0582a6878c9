package io.lightstream.codec.internal.body;

/**
 * Where the buffers of one record batch lie in memory: address and length of each, in the order of the message. Buffers
 * nobody wants, and empty ones, have length 0.
 */
final class BodyBuffers {
    private final long[] ranges;

    BodyBuffers(int bufferCount) {
        ranges = new long[2 * bufferCount];
    }

    void set(int buffer, long address, long length) {
        ranges[2 * buffer] = address;
        ranges[2 * buffer + 1] = length;
    }

    long address(int buffer) {
        return ranges[2 * buffer];
    }

    long length(int buffer) {
        return ranges[2 * buffer + 1];
    }

    /** Address and length of all buffers, alternating, as {@code ColumnData} takes them. Not to be changed any more. */
    long[] ranges() {
        return ranges;
    }
}
