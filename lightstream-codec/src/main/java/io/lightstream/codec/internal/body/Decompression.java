package io.lightstream.codec.internal.body;

import io.lightstream.codec.Alignment;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.compress.BufferCodec;
import io.lightstream.codec.internal.compress.CorruptBufferException;
import io.lightstream.codec.internal.metadata.BatchHeader;
import io.lightstream.codec.memory.FileMappings;
import io.lightstream.codec.memory.NativeMemory;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.memory.ArrowBuf;

/**
 * Decompresses the buffers of a body into aligned memory (Message.fbs, {@code BodyCompressionMethod.BUFFER}):
 *
 * <pre>
 * | uncompressed length i64, or -1: stored as it is | frame |
 * </pre>
 *
 * <p>The lengths are checked against the limits, and against what a frame of that length can hold at all, before memory is
 * taken, and the bytes produced against the lengths.
 */
final class Decompression {
    private static final int PREFIX_BYTES = Long.BYTES;
    /** As in the prefix: the bytes behind it are those of the buffer. */
    private static final long STORED = -1;
    /** Nothing to decompress. */
    private static final long NONE = -2;

    private Decompression() {}

    /**
     * Decompresses all buffers of a body that was read into memory of its own.
     *
     * @return the memory that {@code buffers} point into then; belongs to the caller
     */
    static ArrowBuf decompress(BatchHeader.Codec codec, BodyBuffers buffers, int bufferCount, BodyDecoder decoder)
            throws LightstreamException {
        long[] lengths = lengths(codec, buffers, bufferCount, decoder);
        return decompress(codec, buffers, lengths, decoder, OptionalLong.empty());
    }

    /**
     * Decompresses the buffers of a body that stays where it is; those that are stored as they are stay there too. Frames are
     * copied before they are decompressed: native code that reads a mapping could not survive that the file is cut.
     *
     * @param moved is set for those that were decompressed
     * @return the memory that the decompressed ones lie in, which belongs to the caller; absent where there are none
     */
    static Optional<ArrowBuf> inPlace(
            BatchHeader.Codec codec, BodyBuffers buffers, boolean[] moved, BodyDecoder decoder)
            throws LightstreamException {
        long[] lengths = lengths(codec, buffers, moved.length, decoder);
        FileMappings.throwPendingFault();
        long longestFrame = 0;
        for (int i = 0; i < moved.length; i++) {
            if (lengths[i] == STORED) {
                buffers.set(i, buffers.address(i) + PREFIX_BYTES, buffers.length(i) - PREFIX_BYTES);
                lengths[i] = NONE;
            } else if (lengths[i] != NONE) {
                longestFrame = Math.max(longestFrame, buffers.length(i) - PREFIX_BYTES);
                moved[i] = true;
            }
        }
        if (Arrays.stream(lengths).allMatch(length -> length == NONE)) {
            return Optional.empty();
        }
        try (ArrowBuf frames = decoder.allocate(longestFrame)) {
            OptionalLong staging = OptionalLong.of(frames.memoryAddress());
            return Optional.of(decompress(codec, buffers, lengths, decoder, staging));
        }
    }

    /** Uncompressed length of each buffer, {@link #STORED} or, for an empty one, {@link #NONE}. */
    private static long[] lengths(BatchHeader.Codec codec, BodyBuffers buffers, int bufferCount, BodyDecoder decoder)
            throws LightstreamException {
        InputSite site = decoder.site();
        long maxBytes = decoder.settings().limits().maxBodyBytes();
        long[] lengths = new long[bufferCount];
        long total = 0;
        for (int i = 0; i < bufferCount; i++) {
            lengths[i] = buffers.length(i) == 0 ? NONE : uncompressedLength(codec, i, buffers, maxBytes, site);
            total += Alignment.roundUp(bytes(i, lengths, buffers));
            if (total > maxBytes) {
                throw site.over("maxBodyBytes", maxBytes, total);
            }
        }
        return lengths;
    }

    /** Bytes that the buffer has afterwards. */
    private static long bytes(int buffer, long[] lengths, BodyBuffers buffers) {
        if (lengths[buffer] == NONE) {
            return 0;
        }
        return lengths[buffer] == STORED ? buffers.length(buffer) - PREFIX_BYTES : lengths[buffer];
    }

    /** Replaces the ranges in {@code buffers}, but those of length {@link #NONE}, by those of the decompressed bytes. */
    private static ArrowBuf decompress(
            BatchHeader.Codec codec, BodyBuffers buffers, long[] lengths, BodyDecoder decoder, OptionalLong staging)
            throws LightstreamException {
        long total = 0;
        for (int i = 0; i < lengths.length; i++) {
            total += Alignment.roundUp(bytes(i, lengths, buffers));
        }
        ArrowBuf memory = decoder.allocate(total);
        try (BufferCodec engine = codec == BatchHeader.Codec.ZSTD ? BufferCodec.zstd(0) : BufferCodec.lz4Frame()) {
            long target = memory.memoryAddress();
            for (int i = 0; i < lengths.length; i++) {
                if (lengths[i] != NONE) {
                    long bytes = bytes(i, lengths, buffers);
                    decompress(engine, i, buffers, target, lengths[i], staging, decoder.site());
                    buffers.set(i, target, bytes);
                    target += Alignment.roundUp(bytes);
                }
            }
            return memory;
        } catch (LightstreamException | RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    private static long uncompressedLength(
            BatchHeader.Codec codec, int buffer, BodyBuffers buffers, long maxBytes, InputSite site)
            throws LightstreamException {
        long stored = buffers.length(buffer);
        if (stored < PREFIX_BYTES) {
            throw site.malformed("length of compressed buffer " + buffer, PREFIX_BYTES + " or more", stored);
        }
        long prefix = NativeMemory.getLong(buffers.address(buffer));
        if (prefix == STORED) {
            return STORED;
        }
        if (prefix < 0) {
            throw site.malformed("uncompressed length of buffer " + buffer, "0 or more, or -1", prefix);
        }
        if (prefix > maxBytes) {
            throw site.over("maxBodyBytes", maxBytes, prefix);
        }
        int growth = codec == BatchHeader.Codec.ZSTD ? BufferCodec.ZSTD_GROWTH : BufferCodec.LZ4_FRAME_GROWTH;
        long frameLength = stored - PREFIX_BYTES;
        if (prefix / growth > frameLength) {
            throw site.malformed(
                    "uncompressed length of buffer " + buffer,
                    "at most " + growth + " times the " + frameLength + " bytes of the frame",
                    prefix);
        }
        return prefix;
    }

    private static void decompress(
            BufferCodec engine,
            int buffer,
            BodyBuffers buffers,
            long target,
            long length,
            OptionalLong staging,
            InputSite site)
            throws LightstreamException {
        long frame = buffers.address(buffer) + PREFIX_BYTES;
        long frameLength = buffers.length(buffer) - PREFIX_BYTES;
        if (length == STORED) {
            NativeMemory.copy(frame, target, frameLength);
            return;
        }
        if (staging.isPresent()) {
            NativeMemory.copy(frame, staging.getAsLong(), frameLength);
            FileMappings.throwPendingFault();
            frame = staging.getAsLong();
        }
        try {
            engine.decompress(frame, frameLength, target, length);
        } catch (CorruptBufferException e) {
            LightstreamException malformed =
                    site.malformed("compressed buffer " + buffer, length + " bytes", String.valueOf(e.getMessage()));
            malformed.initCause(e);
            throw malformed;
        }
    }
}
