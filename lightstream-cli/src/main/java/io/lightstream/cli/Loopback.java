package io.lightstream.cli;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Schema;
import io.lightstream.transport.Connection;
import io.lightstream.transport.Lightstream;
import io.lightstream.transport.Server;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Sends the same batches again and again from one thread to another. */
final class Loopback {
    /**
     * What arrived.
     *
     * @param bytes of the batches' buffers
     * @param nanos from the schema to the end of the stream
     */
    record Result(long batches, long rows, long bytes, long nanos) {}

    private final LightstreamMemory memory;
    private final Schema schema;
    private final List<RecordBatch> batches;
    private final IpcWriteOptions options;

    /**
     * @param batches borrowed
     * @param options how they are written
     */
    Loopback(LightstreamMemory memory, Schema schema, List<RecordBatch> batches, IpcWriteOptions options) {
        this.memory = memory;
        this.schema = schema;
        this.batches = batches;
        this.options = options;
    }

    /** Listens on {@code uri}, connects to it and sends for {@code seconds}. */
    Result run(String uri, int seconds) throws IOException {
        try (Server server = Lightstream.listen(uri, memory);
                Connection sender = Lightstream.connect(server.uri(), memory);
                Connection receiver = server.accept()) {
            FutureTask<Boolean> sending = new FutureTask<>(sending(sender, seconds));
            Thread thread = new Thread(sending, "lightstream bench sender");
            thread.setDaemon(true);
            thread.start();
            Result result;
            try {
                result = receive(receiver);
            } catch (IOException | RuntimeException e) {
                // The thread reads the batches: it has to end before they are closed.
                Closeables.closeAfter(e, receiver, () -> await(sending));
                throw e;
            }
            await(sending);
            return result;
        }
    }

    private Callable<Boolean> sending(Connection connection, int seconds) {
        return () -> {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            try (connection;
                    BatchWriter writer = connection.writer(schema, options)) {
                while (System.nanoTime() - end < 0 && !batches.isEmpty()) {
                    for (RecordBatch batch : batches) {
                        writer.write(batch);
                    }
                }
            }
            return true;
        };
    }

    private static Result receive(Connection connection) throws IOException {
        try (BatchReader reader = connection.reader()) {
            long start = System.nanoTime();
            long count = 0;
            long rows = 0;
            long bytes = 0;
            while (reader.next()) {
                count++;
                rows += reader.batch().rowCount();
                bytes += Transfer.bytes(reader.batch());
            }
            return new Result(count, rows, bytes, System.nanoTime() - start);
        }
    }

    private static void await(FutureTask<Boolean> sending) throws IOException {
        try {
            sending.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
