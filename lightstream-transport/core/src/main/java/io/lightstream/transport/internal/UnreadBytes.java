package io.lightstream.transport.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * What a peer sent and nobody read, such as the end of a stream behind its last batch. A socket that is closed with such
 * bytes in it is reset, and a reset destroys what the peer has not read yet: the answer to its question.
 */
final class UnreadBytes {
    /** A peer that sends more than the system buffers has to learn by a reset that nobody listens. */
    private static final long MAX_DISCARDED_BYTES = 8 << 20;

    private static final int CHUNK_BYTES = 64 << 10;

    private UnreadBytes() {}

    /**
     * Ends the direction to the peer and throws away what has arrived from it; does not wait for more.
     *
     * @param channel about to be closed, and in use by no thread
     */
    static void discard(SocketChannel channel) {
        try {
            if (channel.isConnected()) {
                channel.shutdownOutput();
                channel.configureBlocking(false);
                ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
                long discarded = 0;
                for (int count = 0; count >= 0 && discarded < MAX_DISCARDED_BYTES; discarded += count) {
                    count = channel.read(chunk.clear());
                    if (count == 0) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            return; // the channel is closed, or the peer is gone: there is nobody to be kind to
        }
    }
}
