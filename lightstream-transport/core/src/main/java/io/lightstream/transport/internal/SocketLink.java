package io.lightstream.transport.internal;

import io.lightstream.codec.frame.FrameReaderOptions;
import io.lightstream.transport.spi.CommonOptions;
import io.lightstream.transport.spi.Link;
import io.lightstream.transport.spi.Options;
import io.lightstream.transport.spi.TransportErrors;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connected socket as a link. Without time-outs the channel blocks, which is fastest; with any of them it does not, and
 * each direction waits by itself.
 */
public final class SocketLink implements Link {
    private final SocketChannel channel;
    private final String name;
    private final FrameReaderOptions readOptions;
    private final @Nullable Readiness readable;
    private final @Nullable Readiness writable;
    private final SocketInput input;
    private final SocketOutput output;

    /**
     * A link over {@code channel}, which it owns, even when this throws.
     *
     * @param channel connected
     * @param name what errors call it
     * @param options the time-outs are used, and whether readers pause
     */
    public SocketLink(SocketChannel channel, String name, Options options) throws IOException {
        Timeouts timeouts = Timeouts.of(options);
        Activity activity = new Activity();
        this.channel = channel;
        this.name = name;
        this.readOptions = FrameReaderOptions.defaults().withPauses(options.get(CommonOptions.READ_PAUSES, true));
        Readiness made = null;
        try {
            if (timeouts.none()) {
                readable = null;
                writable = null;
            } else {
                channel.configureBlocking(false);
                made = new Readiness(channel, SelectionKey.OP_READ, name, activity, timeouts);
                readable = made;
                writable = new Readiness(channel, SelectionKey.OP_WRITE, name, activity, timeouts);
            }
        } catch (IOException | RuntimeException e) {
            closeAfter(e, channel);
            closeAfter(e, made);
            throw e;
        }
        this.input = new SocketInput(channel, name, activity, readable, this);
        this.output = new SocketOutput(channel, name, activity, writable, this);
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
    public FrameReaderOptions readOptions() {
        return readOptions;
    }

    @Override
    public GatheringByteChannel output() {
        return output;
    }

    @Override
    public void shutdownOutput() throws IOException {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            throw TransportErrors.writeFailed(name, e);
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Closes the channel before the selectors: a thread that a selector wakes must find it closed. */
    @Override
    public void close() throws IOException {
        try {
            if (input.inUse().tryLock()) {
                try {
                    closeUnlessWriting();
                } finally {
                    input.inUse().unlock();
                }
            }
            channel.close();
        } finally {
            closeSelectors();
        }
    }

    /** A reader that gets in next must not read on behind what was thrown away, so it is kept out until the channel is closed. */
    private void closeUnlessWriting() throws IOException {
        if (output.inUse().tryLock()) {
            try {
                UnreadBytes.discard(channel);
                channel.close();
            } finally {
                output.inUse().unlock();
            }
        }
    }

    private void closeSelectors() throws IOException {
        if (readable != null) {
            readable.close();
        }
        if (writable != null) {
            writable.close();
        }
    }

    private static void closeAfter(Exception error, @Nullable Closeable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (IOException e) {
            error.addSuppressed(e);
        }
    }
}
