package io.lightstream.codec.ipc;

import io.lightstream.codec.LightstreamException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.util.Objects;

/**
 * A file that is written on from a position. What lies behind that is cut off by the first write, not before, so that a file
 * to which nothing is appended stays as it is. After {@link #rollBack} nothing is written any more.
 */
final class AppendedFile implements GatheringByteChannel {
    /** Behind all bytes of any file: where locks are mandatory, readers are not to be kept out. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final SeekableByteChannel channel;
    private final long end;
    private boolean begun;
    private boolean rolledBack;

    /** @param end where the first byte goes */
    AppendedFile(SeekableByteChannel channel, long end) {
        this.channel = channel;
        this.end = end;
    }

    /**
     * Keeps other appenders out until the channel is closed; only files can be locked.
     *
     * @throws LightstreamException where there is another one
     */
    static void lock(SeekableByteChannel channel, String name) throws IOException {
        if (channel instanceof FileChannel file && !tryLock(file)) {
            throw new LightstreamException(
                    name,
                    LightstreamException.UNKNOWN_POSITION,
                    "lock",
                    "that nobody else appends",
                    "another appender");
        }
    }

    @SuppressWarnings("resource") // released with the channel
    private static boolean tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock(LOCKED_BYTE, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            return false; // within this process
        }
    }

    private void begin() throws IOException {
        if (!begun) {
            channel.truncate(end).position(end);
            begun = true;
        }
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        if (rolledBack) {
            return skip(bytes);
        }
        begin();
        return channel.write(bytes);
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffers.length);
        if (channel instanceof GatheringByteChannel gathering && !rolledBack) {
            begin();
            return gathering.write(buffers, offset, length);
        }
        for (int i = offset; i < offset + length; i++) {
            if (buffers[i].hasRemaining()) {
                return write(buffers[i]);
            }
        }
        return 0;
    }

    @Override
    public long write(ByteBuffer[] buffers) throws IOException {
        return write(buffers, 0, buffers.length);
    }

    /** What an output had held back when writing failed. */
    private static int skip(ByteBuffer bytes) {
        int count = bytes.remaining();
        bytes.position(bytes.limit());
        return count;
    }

    /** Waits until the device has everything that was written. */
    void force() throws IOException {
        if (channel instanceof FileChannel file) {
            file.force(true); // the length counts as metadata
        }
    }

    /** Cuts off what was appended. */
    void rollBack() throws IOException {
        rolledBack = true;
        if (begun) {
            channel.truncate(end);
        }
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
