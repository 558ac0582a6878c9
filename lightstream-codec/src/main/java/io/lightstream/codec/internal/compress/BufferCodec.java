package io.lightstream.codec.internal.compress;

/**
 * Compresses and decompresses single buffers. Nothing here knows of the 8-byte length that precedes a compressed buffer in a
 * message body.
 *
 * <p>Addresses are those of {@link io.lightstream.codec.memory.NativeMemory}; the caller vouches that the given number of
 * bytes lies there and that source and target do not overlap. Decompression never reads or writes outside of them, whatever
 * the bytes are.
 *
 * <p>Holds native state between calls: one thread at a time, and {@link #close()} when done.
 */
public interface BufferCodec extends AutoCloseable {
    /** Bytes that a byte of an LZ4 frame holds at most: each further one of a block lengthens a match by 255. */
    int LZ4_FRAME_GROWTH = 255;

    /** Bytes that a byte of a zstd frame holds at most: a block takes four and holds 128 KiB (RFC 8878, 3.1.1.2). */
    int ZSTD_GROWTH = (128 << 10) / 4;

    /** The codec of LZ4 frames. */
    static BufferCodec lz4Frame() {
        return new Lz4FrameCodec();
    }

    /** The codec of zstd frames; {@code level} matters for compression only. */
    static BufferCodec zstd(int level) {
        return new ZstdCodec(level);
    }

    /** How many bytes of target compressing {@code length} bytes may take. */
    long maxCompressedLength(long length);

    /**
     * Compresses {@code length} bytes into one frame.
     *
     * @param target where {@link #maxCompressedLength} bytes fit
     * @return the length of the frame
     */
    long compress(long source, long length, long target);

    /**
     * Decompresses frames into exactly {@code targetLength} bytes.
     *
     * @throws CorruptBufferException where the frames are malformed or hold fewer or more bytes than that; what lies in the
     *     target then is undefined
     */
    void decompress(long source, long length, long target, long targetLength) throws CorruptBufferException;

    /** Frees native state; idempotent. */
    @Override
    void close();
}
