package io.lightstream.transport.internal;

import java.nio.ByteBuffer;

/** Questions about several buffers at once. */
final class Buffers {
    private Buffers() {}

    static boolean hasRemaining(ByteBuffer[] buffers, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (buffers[i].hasRemaining()) {
                return true;
            }
        }
        return false;
    }
}
