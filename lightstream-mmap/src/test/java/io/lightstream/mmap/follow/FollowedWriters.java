package io.lightstream.mmap.follow;

import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.internal.input.PositionedInput;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A file, and the writers that append to it one after another: each may die in the middle of a message, and the next one cuts
 * off what it left. They get on with it only before each call of the one who reads.
 */
final class FollowedWriters implements PositionedInput {
    private final Random random;
    private final List<byte[]> messages;
    /** Writers that may die during one look at the file; two would be too many, see {@link CompleteMessages}. */
    private final int deathsALook;

    private byte[] bytes;
    private int size;
    /** End of the last complete message. */
    private int boundary;

    private byte[] current;
    private int written;
    private int deaths;

    FollowedWriters(byte[] start, List<byte[]> messages, int deathsALook, Random random) {
        this.random = random;
        this.messages = messages;
        this.deathsALook = deathsALook;
        this.bytes = Arrays.copyOf(start, start.length + (1 << 16));
        this.size = start.length;
        this.boundary = size;
        this.current = anyMessage();
    }

    private byte[] anyMessage() {
        return messages.get(random.nextInt(messages.size()));
    }

    /** From now on, as many writers may die again. */
    void beginLook() {
        deaths = 0;
    }

    /** The message at {@code position}, if it is complete by now. */
    byte[] complete(int position, int length) {
        if (position + length > boundary) {
            return new byte[0];
        }
        return Arrays.copyOfRange(bytes, position, position + length);
    }

    private void getOn() {
        int steps = random.nextInt(6);
        for (int i = 0; i < steps; i++) {
            if (deaths < deathsALook && random.nextInt(4) == 0) {
                deaths++;
                size = boundary;
                Arrays.fill(bytes, size, bytes.length, (byte) 0);
                current = anyMessage();
                written = 0;
            } else {
                write(1 + random.nextInt(random.nextBoolean() ? 20 : 2000));
            }
        }
    }

    private void write(int wanted) {
        int count = Math.min(wanted, current.length - written);
        if (bytes.length < size + count) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        System.arraycopy(current, written, bytes, size, count);
        written += count;
        size += count;
        if (written == current.length) {
            boundary = size;
            current = anyMessage();
            written = 0;
        }
    }

    @Override
    public long size() {
        getOn();
        return size;
    }

    @Override
    public long read(long position, ByteBuffer... buffers) throws TruncatedStreamException {
        getOn();
        long from = position;
        for (ByteBuffer buffer : buffers) {
            int count = buffer.remaining();
            if (from + count > size) {
                throw new TruncatedStreamException("simulated", size, "input", count + " bytes", "the end");
            }
            buffer.put(bytes, (int) from, count);
            from += count;
        }
        return from - position;
    }
}
