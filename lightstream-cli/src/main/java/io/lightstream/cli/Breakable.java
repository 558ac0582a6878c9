package io.lightstream.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.WritableByteChannel;

/** Standard output that refuses more bytes once it is broken off: the end that a writer writes on closing, above all. */
final class Breakable implements GatheringByteChannel {
    private final WritableByteChannel channel;
    private boolean broken;

    Breakable(WritableByteChannel channel) {
        this.channel = channel;
    }

    void breakOff() {
        broken = true;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        requireWhole();
        return channel.write(bytes);
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
        requireWhole();
        if (channel instanceof GatheringByteChannel gathering) {
            return gathering.write(buffers, offset, length);
        }
        long written = 0;
        for (int i = offset; i < offset + length; i++) {
            while (buffers[i].hasRemaining()) {
                written += channel.write(buffers[i]);
            }
        }
        return written;
    }

    @Override
    public long write(ByteBuffer[] buffers) throws IOException {
        return write(buffers, 0, buffers.length);
    }

    private void requireWhole() throws ClosedChannelException {
        if (broken) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public boolean isOpen() {
        return !broken;
    }

    /** Standard output stays open. */
    @Override
    public void close() {}
}
