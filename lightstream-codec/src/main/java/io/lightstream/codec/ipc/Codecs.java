package io.lightstream.codec.ipc;

import io.lightstream.codec.internal.compress.BufferCodec;
import io.lightstream.codec.internal.encode.BodyCompressor;
import java.util.Optional;
import org.apache.arrow.flatbuf.CompressionType;

/** What the format and the codecs call a {@link Compression}. */
final class Codecs {
    private static final int NO_COMPRESSION = -1;

    private Codecs() {}

    /** {@code CompressionType} of Message.fbs; negative for none. */
    static int typeOf(Compression compression) {
        if (compression instanceof Compression.Zstd) {
            return CompressionType.ZSTD;
        }
        return compression instanceof Compression.Lz4Frame ? CompressionType.LZ4_FRAME : NO_COMPRESSION;
    }

    /** A compressor that the caller closes; none for none. */
    static Optional<BodyCompressor> compressorOf(Compression compression) {
        if (compression instanceof Compression.Zstd zstd) {
            return Optional.of(new BodyCompressor(BufferCodec.zstd(zstd.level())));
        }
        return compression instanceof Compression.Lz4Frame
                ? Optional.of(new BodyCompressor(BufferCodec.lz4Frame()))
                : Optional.empty();
    }
}
