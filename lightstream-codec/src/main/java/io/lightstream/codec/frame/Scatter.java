package io.lightstream.codec.frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The buffers of one scattering read. Reused, so that a read allocates nothing. */
final class Scatter {
    /** More gain nothing: the kernel's own limit is 1024, and 64 of 4 KB fill a read. */
    private static final int MAX_BUFFERS = 64;

    private static final ByteBuffer NO_BUFFER = ByteBuffer.allocate(0);

    private final ByteBuffer[] buffers = new ByteBuffer[MAX_BUFFERS + 1];
    private int count;
    private long bytes;
    private @Nullable ByteBuffer lowered;
    private int limitBefore;

    Scatter() {
        Arrays.fill(buffers, NO_BUFFER);
    }

    /** Whether another destination fits; one place is kept for the chunk behind them. */
    boolean hasRoom() {
        return count < MAX_BUFFERS;
    }

    /** The number of bytes all the buffers take. */
    long bytes() {
        return bytes;
    }

    /** Adds a buffer, or as much of it as {@code room} allows; returns how many bytes it takes. */
    int add(ByteBuffer buffer, int room) {
        if (buffer.remaining() > room) {
            lowered = buffer;
            limitBefore = buffer.limit();
            buffer.limit(buffer.position() + room);
        }
        buffers[count++] = buffer;
        bytes += buffer.remaining();
        return buffer.remaining();
    }

    /** One read call; like {@link ReadableByteChannel#read}, with the limits as they were before afterwards. */
    long readFrom(ReadableByteChannel channel) throws IOException {
        try {
            return count > 1 && channel instanceof ScatteringByteChannel scattering
                    ? scattering.read(buffers, 0, count)
                    : channel.read(buffers[0]);
        } finally {
            if (lowered != null) {
                lowered.limit(limitBefore);
                lowered = null;
            }
        }
    }

    /** Lets go of the buffers. */
    void clear() {
        Arrays.fill(buffers, 0, count, NO_BUFFER);
        count = 0;
        bytes = 0;
    }
}
