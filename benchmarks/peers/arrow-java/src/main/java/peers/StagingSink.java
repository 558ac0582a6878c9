package peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Collects small pieces in direct memory and passes large ones straight on. */
final class StagingSink implements WritableByteChannel {
    private static final int STAGING_BYTES = 256 * 1024;
    private static final int SMALL_BYTES = 16 * 1024;
    private static final int WRITE_BYTES = 512 * 1024;

    private final WritableByteChannel sink;
    private final ByteBuffer staging = ByteBuffer.allocateDirect(STAGING_BYTES);

    StagingSink(WritableByteChannel sink) {
        this.sink = sink;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = source.remaining();
        if (count > SMALL_BYTES) {
            flush();
            writeFully(source);
            return count;
        }
        if (count > staging.remaining()) {
            flush();
        }
        staging.put(source);
        return count;
    }

    void flush() throws IOException {
        staging.flip();
        writeFully(staging);
        staging.clear();
    }

    private void writeFully(ByteBuffer source) throws IOException {
        int end = source.limit();
        while (source.position() < end) {
            source.limit(Math.min(end, source.position() + WRITE_BYTES));
            sink.write(source);
        }
    }

    @Override
    public boolean isOpen() {
        return sink.isOpen();
    }

    @Override
    public void close() throws IOException {
        flush();
        sink.close();
    }
}
