package io.lightstream.codec.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/** A file in memory that can fail, and then lets nothing more through, as if the process had been killed. */
final class MemoryChannel implements SeekableByteChannel {
    private byte[] bytes;
    private int position;
    private int changesLeft = Integer.MAX_VALUE;
    private long room = Long.MAX_VALUE;
    private int changes;
    private boolean open = true;

    MemoryChannel(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** Lets only so many writes and truncations through; of the one after those, half of the bytes. */
    MemoryChannel killedAfter(int allowed) {
        changesLeft = allowed;
        return this;
    }

    /** As a disk with so many bytes in all. */
    MemoryChannel withRoom(long size) {
        room = size;
        return this;
    }

    /** Writes and truncations so far. */
    int changes() {
        return changes;
    }

    byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        requireOpen();
        boolean killed = changesLeft == 0;
        int count = killed ? source.remaining() / 2 : source.remaining();
        if (changesLeft < 0) {
            throw new IOException("killed");
        }
        if ((long) position + count > room) {
            throw new IOException("no space left");
        }
        changed();
        if (position + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, position + count);
        }
        source.get(bytes, position, count);
        position += count;
        if (killed) {
            throw new IOException("killed");
        }
        return count;
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        requireOpen();
        if (changesLeft <= 0) {
            changesLeft = -1;
            throw new IOException("killed");
        }
        if (size < bytes.length) {
            changed();
            bytes = Arrays.copyOf(bytes, (int) size);
        }
        position = Math.min(position, bytes.length);
        return this;
    }

    private void changed() {
        changes++;
        changesLeft = changesLeft == Integer.MAX_VALUE ? changesLeft : changesLeft - 1;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireOpen();
        if (position >= bytes.length) {
            return -1;
        }
        int count = Math.min(target.remaining(), bytes.length - position);
        target.put(bytes, position, count);
        position += count;
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = Math.toIntExact(newPosition);
        return this;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    private void requireOpen() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
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
