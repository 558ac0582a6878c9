package io.lightstream.transport;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One of the streams of a connection. */
final class ConnectionReader implements BatchReader {
    private final Connection connection;
    private final ConnectionInput input;
    private final IpcStreamReader stream;
    private final boolean ownsConnection;

    /** Whether a thread is inside of {@link #next()}. */
    private volatile boolean reading;

    /** The thread that works on the batch that is lent. */
    private volatile @Nullable Thread borrower;

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
            return input.step(this);
        } finally {
            reading = false;
        }
    }

    /** Called by {@link ConnectionInput}, for one thread at a time. */
    boolean advance() throws IOException {
        Thread borrows = null;
        try {
            borrows = stream.next() ? Thread.currentThread() : null;
            return borrows != null;
        } finally {
            if (borrower != borrows) {
                borrower = borrows;
            }
        }
    }

    /** Whether a thread works on a batch that this one must not take away; one that has ended works on nothing. */
    boolean isLentToAnotherThread() {
        Thread thread = borrower;
        return thread != null && thread != Thread.currentThread() && thread.isAlive();
    }

    /** Whether the stream was read to its end. */
    boolean isEnded() {
        return stream.isEnded();
    }

    /** Takes the batch back that was lent; called by {@link ConnectionInput}. */
    void end() throws IOException {
        stream.close();
        borrower = null;
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
            input.end(this);
        } finally {
            if (ownsConnection || reading) {
                connection.close();
            }
        }
    }
}
