package io.lightstream.codec.frame;

import java.nio.ByteBuffer;

/** The buffers a decoder wants its payload in, filled in order: by copying what has been read, or by a channel. */
final class Destinations {
    private static final ByteBuffer[] NONE = {};

    private ByteBuffer[] buffers = NONE;
    private int next;
    private long remaining;
    private boolean direct;

    /** Starts a new payload; the one before must be complete. */
    void open(ByteBuffer[] destinations) {
        long total = 0;
        boolean allDirect = true;
        for (ByteBuffer destination : destinations) {
            if (destination.isReadOnly()) {
                throw new IllegalArgumentException("A destination is read-only");
            }
            total += destination.remaining();
            allDirect &= destination.isDirect();
        }
        buffers = destinations;
        next = 0;
        remaining = total;
        direct = allDirect;
        passFilled();
    }

    /** How many bytes of the payload are still to come. */
    long remaining() {
        return remaining;
    }

    /** Whether a channel can read into all of the buffers without the JDK copying. */
    boolean isDirect() {
        return direct;
    }

    /** Forgets an incomplete payload. */
    void clear() {
        buffers = NONE;
        next = 0;
        remaining = 0;
    }

    /** The first buffer that is not full. */
    ByteBuffer current() {
        return buffers[next];
    }

    /** Copies the bytes of {@code source} from {@code index} on, as far as they go; returns how many. */
    int copyFrom(ByteBuffer source, int index, int size) {
        int copied = 0;
        while (copied < size && remaining > 0) {
            ByteBuffer destination = current();
            int count = Math.min(size - copied, destination.remaining());
            destination.put(destination.position(), source, index + copied, count);
            destination.position(destination.position() + count);
            copied += count;
            remaining -= count;
            passFilled();
        }
        return copied;
    }

    /** Moves the positions over bytes that somebody else has put there. */
    void advance(long bytes) {
        if (bytes < 0 || bytes > remaining) {
            throw new IllegalArgumentException("Filled " + bytes + " bytes of " + remaining);
        }
        long left = bytes;
        while (left > 0) {
            ByteBuffer destination = current();
            int count = (int) Math.min(left, destination.remaining());
            destination.position(destination.position() + count);
            left -= count;
            remaining -= count;
            passFilled();
        }
    }

    /**
     * Lists the next buffers for a scattering read of at most {@code maxBytes}, lowering the limit of the last one if
     * need be.
     */
    void prepare(Scatter scatter, int maxBytes) {
        scatter.clear();
        int room = (int) Math.min(maxBytes, remaining);
        for (int i = next; room > 0 && scatter.hasRoom(); i++) {
            ByteBuffer destination = buffers[i];
            if (destination.hasRemaining()) {
                room -= scatter.add(destination, room);
            }
        }
    }

    /** Takes note of bytes that a channel has read, moving the positions itself. */
    void readByChannel(long bytes) {
        remaining -= bytes;
        passFilled();
    }

    private void passFilled() {
        if (remaining == 0) {
            clear();
            return;
        }
        while (!buffers[next].hasRemaining()) {
            next++;
        }
    }
}
