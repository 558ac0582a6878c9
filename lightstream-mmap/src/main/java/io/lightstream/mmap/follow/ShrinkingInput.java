package io.lightstream.mmap.follow;

import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.internal.input.PositionedInput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An input that may become shorter at any time; that it did is told apart from all that can be wrong with its bytes. */
final class ShrinkingInput implements PositionedInput {
    private final PositionedInput input;

    ShrinkingInput(PositionedInput input) {
        this.input = input;
    }

    /** Bytes that were there are gone. */
    static final class ShrunkException extends IOException {
        private static final long serialVersionUID = 1L;

        ShrunkException(TruncatedStreamException cause) {
            super(cause);
        }
    }

    @Override
    public long size() throws IOException {
        return input.size();
    }

    /** @throws ShrunkException where the bytes are not there */
    @Override
    public long read(long position, ByteBuffer... buffers) throws IOException {
        try {
            return input.read(position, buffers);
        } catch (TruncatedStreamException e) {
            throw new ShrunkException(e);
        }
    }
}
