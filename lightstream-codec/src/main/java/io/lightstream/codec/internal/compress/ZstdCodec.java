package io.lightstream.codec.internal.compress;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.lightstream.codec.memory.NativeMemory;
import org.jspecify.annotations.Nullable;

/** zstd frames by one call each; contexts are kept, because making one costs more than compressing a small buffer. */
final class ZstdCodec implements BufferCodec {
    private final int level;
    private @Nullable ZstdCompressCtx compressor;
    private @Nullable ZstdDecompressCtx decompressor;
    private boolean closed;

    ZstdCodec(int level) {
        this.level = level;
    }

    @Override
    public long maxCompressedLength(long length) {
        return Zstd.compressBound(length);
    }

    @Override
    public long compress(long source, long length, long target) {
        long room = maxCompressedLength(length);
        if (room > NativeMemory.LONGEST_VIEW) {
            long result = Zstd.compressUnsafe(target, room, source, length, level);
            if (Zstd.isError(result)) {
                throw new IllegalStateException("zstd: " + Zstd.getErrorName(result));
            }
            return result;
        }
        return compressor()
                .compressDirectByteBuffer(
                        NativeMemory.view(target, room), 0, (int) room, NativeMemory.view(source, length), 0, (int)
                                length);
    }

    @Override
    public void decompress(long source, long length, long target, long targetLength) throws CorruptBufferException {
        long produced;
        if (length > NativeMemory.LONGEST_VIEW || targetLength > NativeMemory.LONGEST_VIEW) {
            produced = Zstd.decompressUnsafe(target, targetLength, source, length);
            if (Zstd.isError(produced)) {
                throw new CorruptBufferException("zstd frame: " + Zstd.getErrorName(produced));
            }
        } else {
            produced = decompressView(source, (int) length, target, (int) targetLength);
        }
        if (produced != targetLength) {
            throw new CorruptBufferException("decompressed length", targetLength, produced);
        }
    }

    private long decompressView(long source, int length, long target, int targetLength) throws CorruptBufferException {
        try {
            return decompressor()
                    .decompressDirectByteBuffer(
                            NativeMemory.view(target, targetLength),
                            0,
                            targetLength,
                            NativeMemory.view(source, length),
                            0,
                            length);
        } catch (ZstdException e) {
            throw new CorruptBufferException("zstd frame: " + e.getMessage());
        }
    }

    private ZstdCompressCtx compressor() {
        requireOpen();
        if (compressor == null) {
            compressor = new ZstdCompressCtx().setLevel(level);
        }
        return compressor;
    }

    private ZstdDecompressCtx decompressor() {
        requireOpen();
        if (decompressor == null) {
            decompressor = new ZstdDecompressCtx();
        }
        return decompressor;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the codec is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
        if (compressor != null) {
            compressor.close();
            compressor = null;
        }
        if (decompressor != null) {
            decompressor.close();
            decompressor = null;
        }
    }
}
