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
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The reading direction of a connection, once it is used for streams. What was read ahead of one stream's end belongs to
 * the next, so one frame reader serves them all.
 *
 * <p>The gate lets one thread in at a time; when the connection is closed meanwhile, that thread releases the memory as it
 * leaves, so that nothing is freed under its hands.
 */
final class ConnectionInput {
    private final String source;
    private final IpcReadOptions options;
    private final BufferAllocator allocator;
    private final IpcStreamDecoder decoder;
    private final FrameReader<IpcMessage> frames;
    private final Gate gate;
    private @Nullable IpcStreamReader stream;

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

    /** The stream that begins here; empty where the peer has ended its direction. */
    Optional<IpcStreamReader> nextStream() throws IOException {
        gate.enter();
        try {
            IpcStreamReader before = stream;
            if (before != null && !before.isEnded()) {
                throw new IllegalStateException("[" + source
                        + "] the stream before was not read to its end, so where the next begins is unknown");
            }
            Optional<IpcStreamReader> next = IpcStreamReader.next(frames, decoder, source);
            stream = next.orElse(null);
            return next;
        } finally {
            leave();
        }
    }

    /** Steps {@code reader}, a stream of this connection. */
    boolean step(IpcStreamReader reader) throws IOException {
        gate.enter();
        try {
            return reader.next();
        } finally {
            leave();
        }
    }

    long copiedBytes() {
        return frames.copiedBytes();
    }

    long directBytes() {
        return frames.directBytes();
    }

    /** Releases everything; where a thread is inside, that thread does as it leaves. */
    void close() throws IOException {
        if (gate.close() == Gate.Closing.NOW) {
            release();
        }
    }

    private void leave() throws IOException {
        if (gate.leave()) {
            release();
        }
    }

    private void release() throws IOException {
        try {
            if (stream != null) {
                stream.close();
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
