package io.lightstream.transport.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Random;

/** Bytes that can be told from others, and how to move all of them. */
final class Bytes {
    private Bytes() {}

    static ByteBuffer random(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return ByteBuffer.allocateDirect(count).put(bytes).flip();
    }

    static void writeAll(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        ByteBuffer rest = bytes.duplicate();
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /** Reads {@code count} bytes, or as many as there are. */
    static ByteBuffer read(ReadableByteChannel channel, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(count);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
        return bytes.flip();
    }

    /** Reads to the end; returns how many bytes there were. */
    static long drain(ReadableByteChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 16);
        long total = 0;
        for (int count = 0; count >= 0; count = channel.read(bytes.clear())) {
            total += count;
        }
        return total;
    }

    /** Writes zeroes until the channel refuses them. */
    static void flood(WritableByteChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 16);
        while (true) {
            channel.write(bytes.clear());
        }
    }
}
