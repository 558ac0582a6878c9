package io.lightstream.cli;

import io.lightstream.cli.trips.Trips;
import io.lightstream.codec.BatchReader;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.compare.Difference;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Connection;
import io.lightstream.transport.Lightstream;
import io.lightstream.transport.Server;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Receives the table from a process of its own over one transport: once to check it, once to measure. */
final class DemoTransfer {
    /**
     * What came of it.
     *
     * @param bytes of the table's buffers
     * @param directBytes read straight to their place, both times together
     * @param copiedBytes that came in one chunk with something else
     */
    record Result(
            String transport,
            long rows,
            long bytes,
            long checkedNanos,
            long fastNanos,
            long directBytes,
            long copiedBytes) {}

    private final Shell shell;
    private final LightstreamMemory memory;
    private final long rows;

    DemoTransfer(Shell shell, LightstreamMemory memory, long rows) {
        this.shell = shell;
        this.memory = memory;
        this.rows = rows;
    }

    /** Listens on {@code uri} and has a second JVM connect to it. */
    Result run(String uri) throws IOException {
        try (Server server = Lightstream.listen(uri, memory)) {
            Process sender = new OwnJvm().start("demo-sender", server.uri(), String.valueOf(rows));
            try (Connection connection = accept(server, sender)) {
                return receive(connection, uri.substring(0, uri.indexOf(':')));
            } finally {
                sender.destroy();
            }
        }
    }

    /** The sender ends only when the receiver closes the connection; if it does so before, it has failed to connect. */
    private static Connection accept(Server server, Process sender) throws IOException {
        AtomicBoolean accepted = new AtomicBoolean();
        CompletableFuture<Void> unused = sender.onExit().thenRun(() -> {
            if (!accepted.get()) {
                closeQuietly(server);
            }
        });
        Connection connection = server.accept();
        accepted.set(true);
        return connection;
    }

    private static void closeQuietly(Server server) {
        try {
            server.close();
        } catch (IOException e) {
            // accept() says that it was closed
        }
    }

    private Result receive(Connection connection, String transport) throws IOException {
        long checkedNanos;
        long fastNanos;
        long bytes;
        try (Trips expected = new Trips(memory, rows);
                BatchReader found = connection.reader();
                Progress progress = Progress.of(shell, transport + ", checking", rows)) {
            long start = System.nanoTime();
            check(expected, found, connection.name(), progress);
            checkedNanos = System.nanoTime() - start;
        }
        try (BatchReader found = connection.reader();
                Progress progress = Progress.of(shell, transport + ", full speed", rows)) {
            long start = System.nanoTime();
            while (found.next()) {
                requireAligned(found.batch(), connection.name());
                progress.add(found.batch().rowCount(), Transfer.bytes(found.batch()));
            }
            fastNanos = System.nanoTime() - start;
            bytes = progress.bytes();
            requireRows(progress.rows(), connection.name());
        }
        return new Result(
                transport, rows, bytes, checkedNanos, fastNanos, connection.directBytes(), connection.copiedBytes());
    }

    private void check(BatchReader expected, BatchReader found, String source, Progress progress) throws IOException {
        for (int number = 0; found.next(); number++) {
            if (!expected.next()) {
                requireRows(progress.rows() + found.batch().rowCount(), source);
            }
            RecordBatch batch = found.batch();
            requireAligned(batch, source);
            Optional<Difference> difference = BatchComparison.compare(expected.batch(), batch);
            if (difference.isPresent()) {
                throw new LightstreamException(
                        source, LightstreamException.UNKNOWN_POSITION, "batch " + number + ", " + difference.get());
            }
            progress.add(batch.rowCount(), Transfer.bytes(batch));
        }
        requireRows(progress.rows(), source);
    }

    private void requireRows(long found, String source) throws LightstreamException {
        if (found != rows) {
            throw new LightstreamException(source, LightstreamException.UNKNOWN_POSITION, "rows", rows, found);
        }
    }

    private static void requireAligned(RecordBatch batch, String source) throws LightstreamException {
        if (!batch.aligned()) {
            throw new LightstreamException(
                    source,
                    LightstreamException.UNKNOWN_POSITION,
                    "buffers",
                    "every one on a 64-byte boundary",
                    "one that is not");
        }
    }
}
