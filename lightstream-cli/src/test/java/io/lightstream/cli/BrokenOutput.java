package io.lightstream.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/** An output that takes nothing. */
final class BrokenOutput implements GatheringByteChannel {
    private final String reason;

    /** @param reason what the system says */
    BrokenOutput(String reason) {
        this.reason = reason;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        throw new IOException(reason);
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
        throw new IOException(reason);
    }

    @Override
    public long write(ByteBuffer[] buffers) throws IOException {
        throw new IOException(reason);
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
