package io.lightstream.codec.frame;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** A channel into memory that records how it is written to, and takes as little as it is told to. */
final class TestSink implements GatheringByteChannel {
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
    private final IntUnaryOperator taken;
    private boolean open = true;

    /** How much each write call offered. */
    final List<Integer> offered = new ArrayList<>();

    /** Fails from now on, if not empty. */
    String failure = "";

    /** Takes everything. */
    TestSink() {
        this(offered -> offered);
    }

    /** Takes as many bytes as {@code taken} makes of what is offered. */
    TestSink(IntUnaryOperator taken) {
        this.taken = taken;
    }

    byte[] bytes() {
        return stream.toByteArray();
    }

    /** The same without gathering writes. */
    WritableByteChannel plain() {
        TestSink all = this;
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer source) throws IOException {
                return all.write(source);
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
    public long write(ByteBuffer[] sources, int from, int count) throws IOException {
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
        int total = 0;
        for (int i = from; i < from + count; i++) {
            total += sources[i].remaining();
        }
        offered.add(total);
        int size = Math.min(total, taken.applyAsInt(total));
        int left = size;
        for (int i = from; left > 0; i++) {
            byte[] part = new byte[Math.min(left, sources[i].remaining())];
            sources[i].get(part);
            stream.writeBytes(part);
            left -= part.length;
        }
        return size;
    }

    @Override
    public long write(ByteBuffer[] sources) throws IOException {
        return write(sources, 0, sources.length);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return (int) write(new ByteBuffer[] {source}, 0, 1);
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
