package io.lightstream.formats.json;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A channel that reads one byte at a time, as slow networks do. */
final class ByteByByteChannel implements SeekableByteChannel {
    private final SeekableByteChannel whole;
    private final ByteBuffer one = ByteBuffer.allocate(1);

    ByteByByteChannel(SeekableByteChannel whole) {
        this.whole = whole;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            return 0;
        }
        int read = whole.read(one.clear());
        if (read == 1) {
            target.put(one.flip());
        }
        return read;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new UnsupportedOperationException("for reading only");
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException("for reading only");
    }

    @Override
    public long position() throws IOException {
        return whole.position();
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
        whole.position(newPosition);
        return this;
    }

    @Override
    public long size() throws IOException {
        return whole.size();
    }

    @Override
    public boolean isOpen() {
        return whole.isOpen();
    }

    @Override
    public void close() throws IOException {
        whole.close();
    }
}
