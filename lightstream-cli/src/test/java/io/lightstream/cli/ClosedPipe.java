package io.lightstream.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/** What the system says when nobody reads any more. */
final class ClosedPipe implements GatheringByteChannel {
    @Override
    public int write(ByteBuffer bytes) throws IOException {
        throw new IOException("Broken pipe");
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
        throw new IOException("Broken pipe");
    }

    @Override
    public long write(ByteBuffer[] buffers) throws IOException {
        throw new IOException("Broken pipe");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
