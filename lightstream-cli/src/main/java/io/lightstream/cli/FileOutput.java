package io.lightstream.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.GatheringByteChannel;
import java.nio.file.Path;

/** A file whose errors name it; what the system says of a full disk does not. */
record FileOutput(Path path, GatheringByteChannel channel) implements GatheringByteChannel {
    @Override
    public int write(ByteBuffer bytes) throws IOException {
        try {
            return channel.write(bytes);
        } catch (IOException e) {
            throw named(e);
        }
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
        try {
            return channel.write(buffers, offset, length);
        } catch (IOException e) {
            throw named(e);
        }
    }

    @Override
    public long write(ByteBuffer[] buffers) throws IOException {
        return write(buffers, 0, buffers.length);
    }

    private IOException named(IOException e) {
        return e instanceof ClosedChannelException
                ? e
                : new IOException(
                        "[" + path + "] write: expected room and a disk that works, found " + e.getMessage(), e);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
