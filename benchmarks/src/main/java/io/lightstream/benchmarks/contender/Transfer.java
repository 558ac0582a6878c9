package io.lightstream.benchmarks.contender;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Connection;
import io.lightstream.transport.Lightstream;
import io.lightstream.transport.Server;
import java.io.EOFException;
import java.io.IOException;

/** Batches over a connection; one batch is sent again and again. */
final class Transfer {
    private final Requests requests;
    private final LightstreamMemory memory;
    private final IpcReadOptions options;

    Transfer(Requests requests, LightstreamMemory memory, IpcReadOptions options) {
        this.requests = requests;
        this.memory = memory;
        this.options = options;
    }

    void send(String address, Data data) throws IOException {
        try (RecordBatch batch = data.batch(memory);
                BatchWriter writer = Lightstream.create(uri(address), batch.schema())) {
            requests.ready();
            for (long batches = requests.next(); batches >= 0; batches = requests.next()) {
                for (long i = 0; i < batches; i++) {
                    writer.write(batch);
                }
                writer.flush();
                requests.done(batches, 0);
            }
        }
    }

    void receive(String address) throws IOException {
        try (Server server = Lightstream.listen(uri(address), memory)) {
            requests.ready(address(server.uri()));
            try (Connection connection = server.accept();
                    BatchReader reader = connection.reader(options)) {
                receive(reader);
            }
        }
    }

    private void receive(BatchReader reader) throws IOException {
        Probe probe = new Probe();
        for (long batches = requests.next(); batches >= 0; batches = requests.next()) {
            receive(reader, 1, probe);
            long start = System.nanoTime();
            receive(reader, batches - 1, probe);
            requests.done(batches - 1, System.nanoTime() - start, probe.take());
        }
    }

    private static void receive(BatchReader reader, long batches, Probe probe) throws IOException {
        for (long i = 0; i < batches; i++) {
            if (!reader.next()) {
                throw new EOFException("the sender left early");
            }
            probe.touch(reader.batch());
        }
    }

    /** Addresses of the coordinator have no slashes: {@code tcp:HOST:PORT}, {@code unix:PATH}. */
    private static String uri(String address) {
        return address.replaceFirst("^(tcp|unix):(//)?", "$1://");
    }

    private static String address(String uri) {
        return uri.replaceFirst("://", ":");
    }
}
