package io.lightstream.transport;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.internal.LentChannel;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.ipc.IpcStreamWriter;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Schema;
import io.lightstream.transport.spi.Link;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two directions of record batches between this process and one peer. Each direction carries any number of Arrow IPC
 * streams, one after another, each with a schema of its own.
 *
 * <pre>{@code
 * try (var connection = Lightstream.connect("tcp://host:9000", memory)) {
 *     try (var questions = connection.writer(schema)) {
 *         questions.write(batch);
 *     }
 *     try (var answers = connection.reader()) {
 *         for (RecordBatch answer : answers) { ... }
 *     }
 * }
 * }</pre>
 *
 * <p>One thread may read while another writes. Closing a reader or writer ends its stream, not the connection; closing
 * the connection from any thread wakes whoever is blocked, who gets a {@link
 * io.lightstream.transport.spi.ConnectionClosedException}.
 */
public final class Connection implements Closeable {
    /** What the direction to the peer is being used for. */
    private enum Outgoing {
        FREE,
        /** A writer is open. */
        LENT,
        /** The last stream has no end: the peer would take whatever follows for a part of it. */
        BROKEN_OFF
    }

    private final Link link;
    private final LightstreamMemory memory;
    private final Consumer<Connection> onClose;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicReference<Outgoing> outgoing = new AtomicReference<>(Outgoing.FREE);
    private @Nullable ConnectionInput streams;
    private boolean closed;

    /** A connection over {@code link}, which it owns. */
    Connection(Link link, LightstreamMemory memory, Consumer<Connection> onClose) {
        this.link = link;
        this.memory = memory;
        this.onClose = onClose;
    }

    /**
     * A connection over a link of one's own.
     *
     * @param link closed with the connection
     * @param memory batches are taken from a child of it; borrowed
     */
    public static Connection over(Link link, LightstreamMemory memory) {
        return new Connection(link, memory, connection -> {});
    }

    /** What errors call this connection, such as {@code tcp://host:9000}; one that was accepted, by the peer's address. */
    public String name() {
        return link.name();
    }

    /**
     * Waits for the next stream of the peer and reads its schema.
     *
     * @throws EOFException where the peer has ended its direction
     * @throws io.lightstream.codec.LightstreamException where the bytes are no stream
     * @throws IOException where the connection fails
     * @throws IllegalStateException where this connection is closed, or the stream before was not read to its end
     */
    public BatchReader reader() throws IOException {
        return reader(defaultOptions());
    }

    /**
     * As {@link #reader()}.
     *
     * @param options how to read; those of the first reader hold for all streams of the connection. The source's name is
     *     that of the connection
     * @throws IllegalArgumentException where an earlier reader has other options
     */
    public BatchReader reader(IpcReadOptions options) throws IOException {
        return reader(options, false);
    }

    /** As {@link #reader()}, but empty where the peer has ended its direction. */
    public Optional<BatchReader> nextReader() throws IOException {
        return nextReader(defaultOptions(), false);
    }

    BatchReader reader(IpcReadOptions options, boolean ownsConnection) throws IOException {
        return nextReader(options, ownsConnection)
                .orElseThrow(
                        () -> new EOFException("[" + name() + "] stream: expected one, found the end of the input"));
    }

    private Optional<BatchReader> nextReader(IpcReadOptions options, boolean ownsConnection) throws IOException {
        ConnectionInput input = streams(options);
        Optional<IpcStreamReader> stream = input.nextStream();
        return stream.map(open -> new ConnectionReader(this, input, open, ownsConnection));
    }

    /**
     * Begins a stream to the peer. Closing the writer writes the end of the stream and leaves the connection open. Where writing has
     * failed, or the writer was {@linkplain BatchWriter#abandon() abandoned}, no other stream can follow.
     *
     * @throws IOException where the connection fails
     * @throws IllegalStateException where this connection is closed, the writer before is not, or its stream has no end
     */
    public BatchWriter writer(Schema schema) throws IOException {
        return writer(schema, IpcWriteOptions.defaults());
    }

    /**
     * As {@link #writer(Schema)}.
     *
     * @param options how to write; the sink's name is that of the connection
     */
    public BatchWriter writer(Schema schema, IpcWriteOptions options) throws IOException {
        requireOpen();
        requireNotBrokenOff();
        if (!outgoing.compareAndSet(Outgoing.FREE, Outgoing.LENT)) {
            throw new IllegalStateException("[" + name() + "] the writer before is still open");
        }
        // Ending the stream is not the end of the connection.
        LentChannel output = new LentChannel(link.output(), () -> {});
        try {
            return new ConnectionWriter(this, IpcStreamWriter.open(output, schema, options.withSink(name())));
        } catch (IOException | RuntimeException | Error e) {
            writerClosed(false);
            throw e;
        }
    }

    /** @param ended whether its stream has an end */
    void writerClosed(boolean ended) {
        outgoing.set(ended ? Outgoing.FREE : Outgoing.BROKEN_OFF);
    }

    private void requireNotBrokenOff() {
        if (outgoing.get() == Outgoing.BROKEN_OFF) {
            throw new IllegalStateException(
                    "[" + name() + "] the stream before broke off: nothing can follow it on this connection");
        }
    }

    /**
     * The bytes from the peer, for protocols of one's own. Blocking; closing the channel closes the connection. Not to be
     * mixed with {@link #reader()}, which reads ahead.
     */
    public ScatteringByteChannel input() {
        return link.input();
    }

    /**
     * The bytes to the peer, for protocols of one's own. Blocking; closing the channel closes the connection. Between two
     * writers it may be used to send other bytes.
     *
     * @throws IllegalStateException where the stream of the writer before has no end
     */
    public GatheringByteChannel output() {
        requireNotBrokenOff();
        return link.output();
    }

    /**
     * Ends the direction to the peer, who finds the end of its input after what was written; reading goes on. Idempotent.
     *
     * @throws IOException where the peer is gone already
     */
    public void shutdownOutput() throws IOException {
        link.shutdownOutput();
    }

    /** Whether this side has not closed the connection. Says nothing about the peer. */
    public boolean isOpen() {
        return link.isOpen();
    }

    /** Body bytes that had to be copied on their way in, because they came in one chunk with something else. */
    public long copiedBytes() {
        ConnectionInput input = currentStreams();
        return input == null ? 0 : input.copiedBytes();
    }

    /** Body bytes that were read straight to where they belong. */
    public long directBytes() {
        ConnectionInput input = currentStreams();
        return input == null ? 0 : input.directBytes();
    }

    /**
     * Closes the connection and its reader; a writer that is still open finds it closed, and its stream has no end.
     * Idempotent.
     */
    @Override
    public void close() throws IOException {
        ConnectionInput input;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            input = streams;
        } finally {
            lock.unlock();
        }
        try {
            link.close();
        } finally {
            try {
                if (input != null) {
                    input.close();
                }
            } finally {
                onClose.accept(this);
            }
        }
    }

    /**
     * Wakes whoever is blocked, and makes reading and writing fail; memory is left to {@link #close()}, because another
     * thread may be at work on a batch.
     */
    void abort() throws IOException {
        link.close();
    }

    private IpcReadOptions defaultOptions() {
        ConnectionInput input = currentStreams();
        return input == null ? IpcReadOptions.defaults() : input.options();
    }

    private @Nullable ConnectionInput currentStreams() {
        lock.lock();
        try {
            return streams;
        } finally {
            lock.unlock();
        }
    }

    private ConnectionInput streams(IpcReadOptions options) {
        lock.lock();
        try {
            requireOpen();
            ConnectionInput input = streams;
            if (input == null) {
                input = new ConnectionInput(link, memory, options);
                streams = input;
            } else if (!input.options().equals(options)) {
                throw new IllegalArgumentException("[" + name() + "] read options: expected those of the first reader, "
                        + input.options() + ", found " + options);
            }
            return input;
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("[" + name() + "] the connection is closed");
            }
        } finally {
            lock.unlock();
        }
    }
}
