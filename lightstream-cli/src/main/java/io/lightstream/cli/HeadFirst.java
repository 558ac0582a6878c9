package io.lightstream.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A channel whose first bytes have been looked at already, and come once more. */
final class HeadFirst implements ReadableByteChannel {
    private final ByteBuffer head;
    private final ReadableByteChannel rest;

    HeadFirst(ByteBuffer head, ReadableByteChannel rest) {
        this.head = head;
        this.rest = rest;
    }

    @Override
    public int read(ByteBuffer destination) throws IOException {
        if (!head.hasRemaining()) {
            return rest.read(destination);
        }
        int count = Math.min(head.remaining(), destination.remaining());
        destination.put(head.slice(head.position(), count));
        head.position(head.position() + count);
        return count;
    }

    @Override
    public boolean isOpen() {
        return rest.isOpen();
    }

    @Override
    public void close() throws IOException {
        rest.close();
    }
}
