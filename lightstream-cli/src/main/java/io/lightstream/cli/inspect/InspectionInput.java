package io.lightstream.cli.inspect;

import io.lightstream.codec.TruncatedStreamException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;

/** Bytes of a channel in order, skipped by moving where the channel allows it. */
final class InspectionInput {
    private static final int SKIP_BYTES = 1 << 16;

    private final ReadableByteChannel channel;
    private final String source;
    private final boolean seekable;
    private long position;

    InspectionInput(ReadableByteChannel channel, String source, boolean seekable) {
        this.channel = channel;
        this.source = source;
        this.seekable = seekable;
    }

    String source() {
        return source;
    }

    /** Bytes from the beginning. */
    long position() {
        return position;
    }

    /** Whether nothing follows; otherwise the bytes that were read to find out are in {@code into}, which is full. */
    boolean isAtEnd(ByteBuffer into) throws IOException {
        fill(into);
        if (into.position() == 0) {
            return true;
        }
        requireFull(into);
        return false;
    }

    /** The next {@code count} bytes, in little-endian order. */
    ByteBuffer read(int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        fill(bytes);
        requireFull(bytes);
        return bytes.flip();
    }

    void skip(long count) throws IOException {
        if (seekable) {
            SeekableByteChannel file = (SeekableByteChannel) channel;
            long available = file.size() - file.position();
            if (count > available) {
                throw truncated(count - available);
            }
            file.position(file.position() + count);
            position += count;
            return;
        }
        for (long left = count; left > 0; ) {
            left -= read((int) Math.min(left, SKIP_BYTES)).remaining();
        }
    }

    /** Goes to {@code newPosition} of a file. */
    void moveTo(long newPosition) throws IOException {
        ((SeekableByteChannel) channel).position(newPosition);
        position = newPosition;
    }

    private void fill(ByteBuffer into) throws IOException {
        int count = 0;
        while (count >= 0 && into.hasRemaining()) {
            count = channel.read(into);
            position += Math.max(0, count);
        }
    }

    private void requireFull(ByteBuffer bytes) throws TruncatedStreamException {
        if (bytes.hasRemaining()) {
            throw truncated(bytes.remaining());
        }
    }

    private TruncatedStreamException truncated(long missing) {
        return new TruncatedStreamException(source, position, "input", missing + " more bytes", "the end");
    }
}
