package io.lightstream.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/**
 * Standard output: cannot be closed by those who write to it, and knows the one failure that is none, that nobody reads any
 * more.
 */
final class StandardOutput implements GatheringByteChannel {
    private final GatheringByteChannel channel;

    StandardOutput(GatheringByteChannel channel) {
        this.channel = channel;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        try {
            return channel.write(bytes);
        } catch (IOException e) {
            throw translated(e);
        }
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
        try {
            return channel.write(buffers, offset, length);
        } catch (IOException e) {
            throw translated(e);
        }
    }

    @Override
    public long write(ByteBuffer[] buffers) throws IOException {
        return write(buffers, 0, buffers.length);
    }

    /** The JDK has no class of its own for EPIPE, only what the system says. */
    private static IOException translated(IOException e) {
        String said = String.valueOf(e.getMessage());
        return said.contains("Broken pipe") || said.contains("pipe is being closed")
                ? new OutputClosedException(e)
                : new IOException("[-] write: expected a reader or room on the disk, found " + said, e);
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    /** Does nothing: the streams of a process end with it. */
    @Override
    public void close() {}
}
