package io.lightstream.transport;

import io.lightstream.codec.frame.FrameReader;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.internal.Gate;
import io.lightstream.codec.ipc.IpcMessage;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamDecoder;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.spi.Link;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The reading direction of a connection, once it is used for streams. What was read ahead of one stream's end belongs to
 * the next, so one frame reader serves them all.
 *
 * <p>The gate lets one thread in at a time; when the connection is closed meanwhile, that thread releases the memory as it
 * leaves. When it is closed while a batch is lent to another thread, the memory stays until that one gives the batch back. So
 * nothing is freed under anybody's hands.
 */
final class ConnectionInput {
    private final String source;
    private final IpcReadOptions options;
    private final BufferAllocator allocator;
    private final IpcStreamDecoder decoder;
    private final FrameReader<IpcMessage> frames;
    private final Gate gate;

    /** Held while memory is released, and to tell whether it may be. */
    private final ReentrantLock releasing = new ReentrantLock();

    /** The stream that was begun last. */
    private volatile @Nullable ConnectionReader reader;

    /** Closed with nobody inside, but not released yet. Guarded by {@link #releasing}. */
    private boolean owed;

    ConnectionInput(Link link, LightstreamMemory memory, IpcReadOptions options) {
        this.source = link.name();
        this.options = options;
        this.gate = new Gate("The connection " + source);
        this.allocator = memory.newChild(source);
        try {
            this.decoder = new IpcStreamDecoder(allocator, options.withSource(source));
            this.frames =
                    FrameReader.open(link.input(), decoder, link.readOptions().withSource(source));
        } catch (RuntimeException | Error e) {
            Closeables.closeAfter(e, allocator);
            throw e;
        }
    }

    IpcReadOptions options() {
        return options;
    }

    /**
     * The stream that begins here; empty where the peer has ended its direction.
     *
     * @param ownsConnection whether {@code connection} is closed with the reader
     */
    Optional<ConnectionReader> nextStream(Connection connection, boolean ownsConnection) throws IOException {
        gate.enter();
        try {
            ConnectionReader before = reader;
            if (before != null && !before.isEnded()) {
                throw new IllegalStateException("[" + source
                        + "] the stream before was not read to its end, so where the next begins is unknown");
            }
            Optional<ConnectionReader> next = IpcStreamReader.next(frames, decoder, source)
                    .map(stream -> new ConnectionReader(connection, this, stream, ownsConnection));
            reader = next.orElse(null);
            return next;
        } finally {
            leave();
        }
    }

    /** Steps {@code stream}, which is one of this connection. */
    boolean step(ConnectionReader stream) throws IOException {
        try {
            gate.enter();
        } catch (IllegalStateException e) {
            if (gate.isClosed()) {
                Closeables.closeAfter(e, () -> end(stream));
            }
            throw e;
        }
        try {
            return stream.advance();
        } finally {
            leave();
        }
    }

    /** Ends {@code stream}, whose batch nobody uses any more. */
    void end(ConnectionReader stream) throws IOException {
        releasing.lock();
        try {
            stream.end();
            releaseUnlessLent();
        } finally {
            releasing.unlock();
        }
    }

    long copiedBytes() {
        return frames.copiedBytes();
    }

    long directBytes() {
        return frames.directBytes();
    }

    /**
     * Releases everything. Where a thread is inside, that thread does as it leaves; where one works on a batch, as it goes on
     * or closes its reader.
     */
    void close() throws IOException {
        Gate.Closing closing = gate.close();
        releasing.lock();
        try {
            owed |= closing == Gate.Closing.NOW;
            releaseUnlessLent();
        } finally {
            releasing.unlock();
        }
    }

    private void leave() throws IOException {
        if (gate.leave()) {
            releasing.lock();
            try {
                release();
            } finally {
                releasing.unlock();
            }
        }
    }

    private void releaseUnlessLent() throws IOException {
        ConnectionReader current = reader;
        if (owed && (current == null || !current.isLentToAnotherThread())) {
            owed = false;
            release();
        }
    }

    private void release() throws IOException {
        try {
            ConnectionReader current = reader;
            if (current != null) {
                current.end();
            }
        } finally {
            try {
                frames.close();
            } finally {
                allocator.close();
            }
        }
    }
}
