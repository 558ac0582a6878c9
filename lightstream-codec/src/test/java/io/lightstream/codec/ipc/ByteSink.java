package io.lightstream.codec.ipc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Keeps what is written; fails once it has taken as many bytes as it may. */
final class ByteSink implements WritableByteChannel {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final long room;
    private boolean closed;

    ByteSink() {
        this(Long.MAX_VALUE);
    }

    ByteSink(long room) {
        this.room = room;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (source.remaining() > room - bytes.size()) {
            throw new IOException("no space left");
        }
        byte[] taken = new byte[source.remaining()];
        source.get(taken);
        bytes.writeBytes(taken);
        return taken.length;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    ReadableByteChannel reopen() {
        return Channels.newChannel(new java.io.ByteArrayInputStream(toBytes()));
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
