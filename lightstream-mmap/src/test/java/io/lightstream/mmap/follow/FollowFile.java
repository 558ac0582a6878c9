package io.lightstream.mmap.follow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** The writer's end of a file that is followed. */
final class FollowFile implements AutoCloseable {
    private final FileChannel channel;

    private FollowFile(FileChannel channel) {
        this.channel = channel;
    }

    static FollowFile create(Path path, byte[]... parts) throws IOException {
        var file = new FollowFile(FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        return file.append(parts);
    }

    FollowFile append(byte[]... parts) throws IOException {
        for (byte[] part : parts) {
            writeAt(channel.size(), part);
        }
        return this;
    }

    /** Appends the first {@code count} bytes of {@code part}. */
    void appendStart(byte[] part, int count) throws IOException {
        append(Arrays.copyOf(part, count));
    }

    /** Appends what {@link #appendStart} left. */
    void appendRest(byte[] part, int count) throws IOException {
        append(Arrays.copyOfRange(part, count, part.length));
    }

    void writeAt(long position, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer, position + buffer.position());
        }
    }

    void cutTo(long size) throws IOException {
        channel.truncate(size);
    }

    long size() throws IOException {
        return channel.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
