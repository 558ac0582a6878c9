package io.lightstream.codec.internal.encode;

import io.lightstream.codec.internal.compress.BufferCodec;
import io.lightstream.codec.memory.NativeMemory;

/**
 * Compresses the buffers of a body one by one (Message.fbs, {@code BodyCompressionMethod.BUFFER}):
 *
 * <pre>
 * | uncompressed length i64, or -1 | compressed bytes, or the bytes as they are |
 * </pre>
 *
 * <p>A buffer that does not get smaller, and one of more than 1 GiB, is written as it is.
 */
public final class BodyCompressor implements AutoCloseable {
    private static final int PREFIX = OutgoingBody.LENGTH_PREFIX_BYTES;
    private static final long MAX_INPUT_BYTES = Arena.MAX_BYTES - (16 << 20);

    private final BufferCodec codec;
    private final Arena arena = new Arena();

    /** Takes over the codec. */
    public BodyCompressor(BufferCodec codec) {
        this.codec = codec;
    }

    /**
     * Replaces the buffers; what they point to then is valid until the next call.
     *
     * @param mapped whether they may lie in a mapped file: they are copied first then, because native code that reads a mapping
     *     could not survive that the file is cut
     */
    public void compress(OutgoingBody body, boolean mapped) {
        arena.reset();
        for (int i = 0; i < body.bufferCount(); i++) {
            long length = body.contentLength(i);
            if (length > MAX_INPUT_BYTES) {
                body.store(i);
            } else if (length > 0) {
                compress(body, i, length, mapped);
            }
        }
        body.layOut();
    }

    private void compress(OutgoingBody body, int buffer, long length, boolean mapped) {
        ComputedBuffer computed = body.computed(buffer);
        if (computed != null) {
            long address = arena.take(length);
            computed.write(0, length, address);
            body.replace(buffer, address, length);
        } else if (mapped) {
            long address = arena.take(length);
            NativeMemory.copy(body.address(buffer), address, length);
            body.replace(buffer, address, length);
        }
        long room = PREFIX + codec.maxCompressedLength(length);
        long target = arena.take(room);
        long compressed = codec.compress(body.address(buffer), length, target + PREFIX);
        if (compressed < length) {
            NativeMemory.putLong(target, length);
            body.replace(buffer, target, PREFIX + compressed);
            arena.giveBack(room, PREFIX + compressed);
        } else {
            body.store(buffer);
            arena.giveBack(room, 0);
        }
    }

    @Override
    public void close() {
        codec.close();
    }
}
