package io.lightstream.cli;

import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import java.io.Closeable;
import java.io.IOException;

/**
 * Where a command writes to. {@link #finish()} ends what was written; closed without that, it is abandoned, so that nobody
 * takes half of it for the whole: a file disappears, a stream breaks off without its end.
 */
final class Sink implements Closeable {
    /** What there is to do besides writing. */
    interface Completion {
        /** After the writer was closed. */
        void commit() throws IOException;

        /** After the writer was abandoned. */
        void abandon() throws IOException;
    }

    private final BatchWriter writer;
    private final Completion completion;
    private boolean finished;

    /**
     * @param writer owned
     * @param completion called once
     */
    Sink(BatchWriter writer, Completion completion) {
        this.writer = writer;
        this.completion = completion;
    }

    void write(RecordBatch batch) throws IOException {
        writer.write(batch);
    }

    void flush() throws IOException {
        writer.flush();
    }

    void finish() throws IOException {
        writer.close();
        completion.commit();
        finished = true;
    }

    @Override
    public void close() throws IOException {
        if (finished) {
            return;
        }
        finished = true;
        try {
            writer.abandon();
        } catch (IOException e) {
            // Why writing ends here is being thrown already.
        }
        completion.abandon();
    }
}
