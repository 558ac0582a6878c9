package io.lightstream.codec.internal.input;

import io.lightstream.codec.TruncatedStreamException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes that are read at any position: those of a seekable channel, or of a mapped file. */
public interface PositionedInput {
    /** Bytes at present. */
    long size() throws IOException;

    /**
     * Fills the buffers in order with the bytes from {@code position} on.
     *
     * @return how many those were
     * @throws TruncatedStreamException where the input ends before
     */
    long read(long position, ByteBuffer... buffers) throws IOException;
}
