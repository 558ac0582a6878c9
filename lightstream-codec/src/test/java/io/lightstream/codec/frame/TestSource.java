package io.lightstream.codec.frame;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** A channel over bytes in memory that records how it is read, and returns as little as it is told to. */
final class TestSource implements ScatteringByteChannel {
    private final ByteBuffer stream;
    private final IntUnaryOperator returned;
    private boolean open = true;

    /** How much each read call asked for. */
    final List<Integer> asked = new ArrayList<>();

    /** Returns all that is asked for, as long as there is some. */
    TestSource(byte[] stream) {
        this(stream, asked -> asked);
    }

    /** Returns as many bytes as {@code returned} makes of what is asked for. */
    TestSource(byte[] stream, IntUnaryOperator returned) {
        this.stream = ByteBuffer.wrap(stream);
        this.returned = returned;
    }

    /** The same without scattering reads. */
    ReadableByteChannel plain() {
        TestSource all = this;
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer destination) {
                return all.read(destination);
            }

            @Override
            public boolean isOpen() {
                return all.isOpen();
            }

            @Override
            public void close() {
                all.close();
            }
        };
    }

    @Override
    public long read(ByteBuffer[] destinations, int from, int count) {
        int total = 0;
        for (int i = from; i < from + count; i++) {
            total += destinations[i].remaining();
        }
        asked.add(total);
        if (!stream.hasRemaining()) {
            return -1;
        }
        int size = Math.min(returned.applyAsInt(total), stream.remaining());
        int left = size;
        for (int i = from; left > 0; i++) {
            int part = Math.min(left, destinations[i].remaining());
            destinations[i].put(stream.slice(stream.position(), part));
            stream.position(stream.position() + part);
            left -= part;
        }
        return size;
    }

    @Override
    public long read(ByteBuffer[] destinations) {
        return read(destinations, 0, destinations.length);
    }

    @Override
    public int read(ByteBuffer destination) {
        return (int) read(new ByteBuffer[] {destination}, 0, 1);
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
