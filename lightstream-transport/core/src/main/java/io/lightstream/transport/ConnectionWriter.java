package io.lightstream.transport;

import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.ipc.IpcStreamWriter;
import io.lightstream.codec.schema.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/** One of the streams to the peer of a connection. */
final class ConnectionWriter implements BatchWriter {
    private final Connection connection;
    private final IpcStreamWriter stream;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Whether a thread is inside of a method that writes. */
    private volatile boolean writing;

    ConnectionWriter(Connection connection, IpcStreamWriter stream) {
        this.connection = connection;
        this.stream = stream;
    }

    @Override
    public Schema schema() {
        return stream.schema();
    }

    @Override
    public void write(RecordBatch batch) throws IOException {
        writing = true;
        try {
            stream.write(batch);
        } finally {
            writing = false;
        }
    }

    @Override
    public void write(VectorSchemaRoot root) throws IOException {
        writing = true;
        try {
            stream.write(root);
        } finally {
            writing = false;
        }
    }

    @Override
    public void write(VectorSchemaRoot root, DictionaryProvider dictionaries) throws IOException {
        writing = true;
        try {
            stream.write(root, dictionaries);
        } finally {
            writing = false;
        }
    }

    @Override
    public void flush() throws IOException {
        writing = true;
        try {
            stream.flush();
        } finally {
            writing = false;
        }
    }

    @Override
    public void close() throws IOException {
        close(stream);
    }

    @Override
    public void abandon() throws IOException {
        close(stream::abandon);
    }

    /** A thread that is blocked in writing can only be woken by closing the connection. */
    private void close(Closeable end) throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            end.close();
        } finally {
            if (writing) {
                connection.close();
            }
            connection.writerClosed(stream.isEnded());
        }
    }
}
