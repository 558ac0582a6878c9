package io.lightstream.transport;

import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.spi.Link;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Two directions of bytes between this process and one peer.
 */
public final class Connection implements Closeable {
    private final Link link;
    private final LightstreamMemory memory;
    private final Consumer<Connection> onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    Connection(Link link, LightstreamMemory memory, Consumer<Connection> onClose) {
        this.link = link;
        this.memory = memory;
        this.onClose = onClose;
    }

    /** What errors call this connection, such as {@code tcp://host:9000}; one that was accepted, by the peer's address. */
    public String name() {
        return link.name();
    }

    public ScatteringByteChannel input() {
        return link.input();
    }

    public GatheringByteChannel output() {
        return link.output();
    }

    public void shutdownOutput() throws IOException {
        link.shutdownOutput();
    }

    public boolean isOpen() {
        return !closed.get();
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            try {
                link.close();
            } finally {
                onClose.accept(this);
            }
        }
    }
}
