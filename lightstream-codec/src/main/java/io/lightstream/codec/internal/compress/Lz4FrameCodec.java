package io.lightstream.codec.internal.compress;

import static io.lightstream.codec.internal.compress.Lz4Frame.BD_AT;
import static io.lightstream.codec.internal.compress.Lz4Frame.BD_SHIFT;
import static io.lightstream.codec.internal.compress.Lz4Frame.CONTENT_SIZE;
import static io.lightstream.codec.internal.compress.Lz4Frame.CONTENT_SIZE_AT;
import static io.lightstream.codec.internal.compress.Lz4Frame.FLG_AT;
import static io.lightstream.codec.internal.compress.Lz4Frame.INDEPENDENT_BLOCKS;
import static io.lightstream.codec.internal.compress.Lz4Frame.VERSION_1;

import io.lightstream.codec.memory.NativeMemory;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/** Writes LZ4 frames of independent blocks with the content size; reads whatever the format allows. */
final class Lz4FrameCodec implements BufferCodec {
    private static final int HEADER_BYTES = CONTENT_SIZE_AT + Long.BYTES + 1;
    private static final int LARGEST_BLOCK = Lz4Frame.blockBytes(Lz4Frame.LARGEST_BLOCK_CODE);

    private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
    private final Lz4FrameDecoder decoder = new Lz4FrameDecoder();

    @Override
    public long maxCompressedLength(long length) {
        long blocks = (length + LARGEST_BLOCK - 1) / LARGEST_BLOCK;
        // The block that is being compressed may grow before it is stored as it was.
        int growth = compressor.maxCompressedLength(LARGEST_BLOCK) - LARGEST_BLOCK;
        return HEADER_BYTES + length + (blocks + 1) * Integer.BYTES + growth;
    }

    @Override
    public long compress(long source, long length, long target) {
        int code = blockCode(length);
        int blockBytes = Lz4Frame.blockBytes(code);
        long at = target + writeHeader(target, length, code);
        for (long done = 0; done < length; done += blockBytes) {
            at = writeBlock(source + done, (int) Math.min(blockBytes, length - done), at);
        }
        NativeMemory.putInt(at, Lz4Frame.END_MARK);
        return at + Integer.BYTES - target;
    }

    @Override
    public void decompress(long source, long length, long target, long targetLength) throws CorruptBufferException {
        decoder.decode(source, length, target, targetLength);
    }

    /** The smallest block that holds everything: readers take memory by the block size. */
    private static int blockCode(long length) {
        int code = Lz4Frame.SMALLEST_BLOCK_CODE;
        while (code < Lz4Frame.LARGEST_BLOCK_CODE && Lz4Frame.blockBytes(code) < length) {
            code++;
        }
        return code;
    }

    private static int writeHeader(long target, long length, int code) {
        NativeMemory.putInt(target, Lz4Frame.MAGIC);
        NativeMemory.putByte(target + FLG_AT, (byte) (VERSION_1 | INDEPENDENT_BLOCKS | CONTENT_SIZE));
        NativeMemory.putByte(target + BD_AT, (byte) (code << BD_SHIFT));
        NativeMemory.putLong(target + CONTENT_SIZE_AT, length);
        long end = target + HEADER_BYTES - 1;
        NativeMemory.putByte(end, Lz4Frame.headerChecksum(target + FLG_AT, end));
        return HEADER_BYTES;
    }

    private long writeBlock(long source, int length, long at) {
        long bytes = at + Integer.BYTES;
        int room = compressor.maxCompressedLength(length);
        int compressed = compressor.compress(
                NativeMemory.view(source, length), 0, length, NativeMemory.view(bytes, room), 0, room);
        if (compressed < length) {
            NativeMemory.putInt(at, compressed);
            return bytes + compressed;
        }
        NativeMemory.putInt(at, length | Lz4Frame.STORED_BLOCK);
        NativeMemory.copy(source, bytes, length);
        return bytes + length;
    }

    @Override
    public void close() {
        // Nothing is held between calls.
    }
}
