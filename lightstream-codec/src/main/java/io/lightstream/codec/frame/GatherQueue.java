package io.lightstream.codec.frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/** Buffers waiting to be written in order, with as few calls of the channel as the limits allow. */
final class GatherQueue {
    /** The JDK passes on at most 1024 at a time. Of the smallest that are lent, with padding between them, as many fill a call. */
    private static final int MAX_BUFFERS = 256;

    private static final ByteBuffer NO_BUFFER = ByteBuffer.allocate(0);

    private final WritableByteChannel channel;
    private final int maxWriteBytes;
    private final Blocking blocking = new Blocking();
    private final ByteBuffer[] buffers = new ByteBuffer[MAX_BUFFERS];
    private int count;
    private long writes;

    GatherQueue(WritableByteChannel channel, int maxWriteBytes) {
        this.channel = channel;
        this.maxWriteBytes = maxWriteBytes;
        Arrays.fill(buffers, NO_BUFFER);
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Whether this many more buffers fit. */
    boolean hasRoomFor(int more) {
        return count + more <= MAX_BUFFERS;
    }

    /** Adds a buffer whose position and limit belong to the queue from now on. */
    void add(ByteBuffer view) {
        buffers[count++] = view;
    }

    long writes() {
        return writes;
    }

    /** Writes everything; empty afterwards, even if that fails. */
    void drain() throws IOException {
        try {
            int first = 0;
            while (first < count) {
                long written = writeFrom(first);
                blocking.progress(written);
                while (first < count && !buffers[first].hasRemaining()) {
                    first++;
                }
            }
        } finally {
            Arrays.fill(buffers, 0, count, NO_BUFFER);
            count = 0;
        }
    }

    private long writeFrom(int first) throws IOException {
        int end = first;
        int room = maxWriteBytes;
        while (end < count && buffers[end].remaining() <= room) {
            room -= buffers[end].remaining();
            end++;
        }
        if (end == count || room == 0) {
            return write(first, end);
        }
        ByteBuffer cut = buffers[end];
        int limit = cut.limit();
        cut.limit(cut.position() + room);
        try {
            return write(first, end + 1);
        } finally {
            cut.limit(limit);
        }
    }

    private long write(int first, int end) throws IOException {
        writes++;
        return end - first > 1 && channel instanceof GatheringByteChannel gathering
                ? gathering.write(buffers, first, end - first)
                : channel.write(buffers[first]);
    }
}
