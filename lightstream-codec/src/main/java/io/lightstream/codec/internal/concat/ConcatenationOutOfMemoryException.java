package io.lightstream.codec.internal.concat;

import org.apache.arrow.memory.OutOfMemoryException;

/** There is not enough memory for all rows of the parts. */
public final class ConcatenationOutOfMemoryException extends OutOfMemoryException {
    private static final long serialVersionUID = 1L;

    private final long bytes;

    ConcatenationOutOfMemoryException(long bytes, OutOfMemoryException cause) {
        super(cause.getMessage(), cause);
        this.bytes = bytes;
    }

    /** Bytes of the buffers that were made, given up since, and of the one that could not be. */
    public long bytes() {
        return bytes;
    }
}
