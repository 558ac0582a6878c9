package peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Serves small reads from direct memory that is filled by large ones, and reads large pieces straight into place. */
final class StagingSource implements ReadableByteChannel {
    private static final int STAGING_BYTES = 256 * 1024;
    private static final int READ_BYTES = 256 * 1024;
    private static final int SMALL_BYTES = 16 * 1024;

    private final ReadableByteChannel source;
    private final ByteBuffer staging = ByteBuffer.allocateDirect(STAGING_BYTES).limit(0);

    StagingSource(ReadableByteChannel source) {
        this.source = source;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!staging.hasRemaining()) {
            if (target.remaining() > SMALL_BYTES) {
                return readDirectly(target);
            }
            staging.clear();
            int count = source.read(staging);
            staging.flip();
            if (count < 0) {
                return count;
            }
        }
        int count = Math.min(target.remaining(), staging.remaining());
        target.put(target.position(), staging, staging.position(), count);
        target.position(target.position() + count);
        staging.position(staging.position() + count);
        return count;
    }

    private int readDirectly(ByteBuffer target) throws IOException {
        int end = target.limit();
        target.limit(Math.min(end, target.position() + READ_BYTES));
        try {
            return source.read(target);
        } finally {
            target.limit(end);
        }
    }

    @Override
    public boolean isOpen() {
        return source.isOpen();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
