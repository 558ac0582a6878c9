package io.lightstream.codec.ipc;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.BitSet;

/** Bytes as a file or stream that gives at most so many of them at a time and remembers which ones it gave. */
final class InMemoryFile implements SeekableByteChannel {
    private byte[] bytes;
    private final int mostAtOnce;
    private final BitSet given = new BitSet();
    private int position;
    private boolean open = true;

    InMemoryFile(byte[] bytes) {
        this(bytes, Integer.MAX_VALUE);
    }

    InMemoryFile(byte[] bytes, int mostAtOnce) {
        this.bytes = bytes;
        this.mostAtOnce = mostAtOnce;
    }

    /** How many bytes between {@code from} and {@code to} were read at least once. */
    int given(long from, long to) {
        return given.get((int) from, (int) to).cardinality();
    }

    /** The same as a stream, which nobody knows the length of. */
    ReadableByteChannel asStream() {
        InMemoryFile file = this;
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer target) throws ClosedChannelException {
                return file.read(target);
            }

            @Override
            public boolean isOpen() {
                return file.isOpen();
            }

            @Override
            public void close() {
                file.close();
            }
        };
    }

    /** Cuts the file off. */
    void shrinkTo(int length) {
        bytes = Arrays.copyOf(bytes, length);
    }

    @Override
    public int read(ByteBuffer target) throws ClosedChannelException {
        requireOpen();
        if (position >= bytes.length) {
            return -1;
        }
        int count = Math.min(Math.min(target.remaining(), mostAtOnce), bytes.length - position);
        target.put(bytes, position, count);
        given.set(position, position + count);
        position += count;
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws ClosedChannelException {
        requireOpen();
        position = Math.toIntExact(newPosition);
        return this;
    }

    @Override
    public long size() throws ClosedChannelException {
        requireOpen();
        return bytes.length;
    }

    private void requireOpen() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public int write(ByteBuffer source) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
