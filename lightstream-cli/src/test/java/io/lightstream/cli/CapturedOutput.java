package io.lightstream.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Standard output of a command within this process; stays open as that does. */
record CapturedOutput(ByteArrayOutputStream bytes) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer from) {
        byte[] copy = new byte[from.remaining()];
        from.get(copy);
        bytes.writeBytes(copy);
        return copy.length;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
