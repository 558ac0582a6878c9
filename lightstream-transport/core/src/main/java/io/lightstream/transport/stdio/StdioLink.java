package io.lightstream.transport.stdio;

import io.lightstream.transport.spi.Link;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One channel for each direction, as a link. A direction that was never used is left alone: who reads a stream from its
 * standard input may still want to print.
 */
final class StdioLink implements Link {
    private final String name;
    private final NamedInput input;
    private final NamedOutput output;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** A link over two channels, which it owns. */
    StdioLink(String name, ScatteringByteChannel input, GatheringByteChannel output) {
        this.name = name;
        this.input = new NamedInput(name, input, this);
        this.output = new NamedOutput(name, output, this);
    }

    /** The standard streams of this process; channels of their files rather than streams, which would copy the bytes. */
    @SuppressWarnings("resource") // closed with their channels
    static StdioLink ofProcess(String name) {
        return new StdioLink(
                name,
                new FileInputStream(FileDescriptor.in).getChannel(),
                new FileOutputStream(FileDescriptor.out).getChannel());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ScatteringByteChannel input() {
        return input;
    }

    @Override
    public GatheringByteChannel output() {
        return output;
    }

    @Override
    public void shutdownOutput() throws IOException {
        output.end();
    }

    @Override
    public boolean isOpen() {
        return !closed.get();
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            try {
                output.closeIfUsed();
            } finally {
                input.closeIfUsed();
            }
        }
    }
}
