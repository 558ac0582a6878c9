package io.lightstream.transport;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;

/** One of the streams of a connection. */
final class ConnectionReader implements BatchReader {
    private final Connection connection;
    private final ConnectionInput input;
    private final IpcStreamReader stream;
    private final boolean ownsConnection;

    /** Whether a thread is inside of {@link #next()}. */
    private volatile boolean reading;

    /** @param ownsConnection whether the connection is closed with this reader */
    ConnectionReader(Connection connection, ConnectionInput input, IpcStreamReader stream, boolean ownsConnection) {
        this.connection = connection;
        this.input = input;
        this.stream = stream;
        this.ownsConnection = ownsConnection;
    }

    @Override
    public Schema schema() {
        return stream.schema();
    }

    @Override
    public boolean next() throws IOException {
        reading = true;
        try {
            return input.step(stream);
        } finally {
            reading = false;
        }
    }

    @Override
    public boolean hasArrived() {
        return stream.hasArrived();
    }

    @Override
    public RecordBatch batch() {
        return stream.batch();
    }

    /** A thread that is blocked in {@link #next()} can only be woken by closing the connection. */
    @Override
    public void close() throws IOException {
        try {
            stream.close();
        } finally {
            if (ownsConnection || reading) {
                connection.close();
            }
        }
    }
}
