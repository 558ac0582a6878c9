package io.lightstream.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ScatteringByteChannel;
import java.nio.channels.SeekableByteChannel;

/**
 * Standard input: cannot be closed by those who read it. A process that was started without one has something else in its
 * place, on Linux the JVM its own classes, which it would miss.
 */
final class StandardInput implements SeekableByteChannel, ScatteringByteChannel {
    private final FileChannel channel;

    StandardInput(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        try {
            return channel.read(target);
        } catch (IOException e) {
            throw named(e);
        }
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        try {
            return channel.read(targets, offset, length);
        } catch (IOException e) {
            throw named(e);
        }
    }

    @Override
    public long read(ByteBuffer[] targets) throws IOException {
        return read(targets, 0, targets.length);
    }

    private static IOException named(IOException e) {
        return new IOException("[-] read: expected an open standard input, found " + e.getMessage(), e);
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        channel.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int write(ByteBuffer bytes) {
        throw new UnsupportedOperationException("standard input is only read");
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException("standard input is only read");
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Does nothing: the streams of a process end with it. */
    @Override
    public void close() {}
}
