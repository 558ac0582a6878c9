package io.lightstream.codec.internal.body;

import io.lightstream.codec.Alignment;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.compress.BufferCodec;
import io.lightstream.codec.internal.compress.CorruptBufferException;
import io.lightstream.codec.internal.metadata.BatchHeader;
import io.lightstream.codec.memory.NativeMemory;
import org.apache.arrow.memory.ArrowBuf;

/**
 * Decompresses the buffers of a body into aligned memory (Message.fbs, {@code BodyCompressionMethod.BUFFER}):
 *
 * <pre>
 * | uncompressed length i64, or -1: stored as it is | frame |
 * </pre>
 *
 * <p>The lengths are checked against the limits before memory is taken, and the bytes produced against the lengths.
 */
final class Decompression {
    private static final int PREFIX_BYTES = Long.BYTES;
    private static final long STORED = -1;

    private Decompression() {}

    /**
     * Replaces the ranges in {@code buffers} by those of the decompressed bytes.
     *
     * @return the memory that the buffers point into then; belongs to the caller
     */
    static ArrowBuf decompress(BatchHeader.Codec codec, BodyBuffers buffers, int bufferCount, BodyDecoder decoder)
            throws LightstreamException {
        InputSite site = decoder.site();
        long[] lengths = new long[bufferCount];
        long total = 0;
        for (int i = 0; i < bufferCount; i++) {
            if (buffers.length(i) > 0) {
                lengths[i] = uncompressedLength(
                        i, buffers, decoder.settings().limits().maxBodyBytes(), site);
                total += Alignment.roundUp(lengths[i]);
                if (total > decoder.settings().limits().maxBodyBytes()) {
                    throw site.over("maxBodyBytes", decoder.settings().limits().maxBodyBytes(), total);
                }
            }
        }
        ArrowBuf memory = decoder.allocate(total);
        try (BufferCodec engine = codec == BatchHeader.Codec.ZSTD ? BufferCodec.zstd(0) : BufferCodec.lz4Frame()) {
            long target = memory.memoryAddress();
            for (int i = 0; i < bufferCount; i++) {
                if (buffers.length(i) > 0) {
                    decompress(engine, i, buffers, target, lengths[i], site);
                    target += Alignment.roundUp(lengths[i]);
                }
            }
            return memory;
        } catch (LightstreamException | RuntimeException e) {
            memory.close();
            throw e;
        }
    }

    private static long uncompressedLength(int buffer, BodyBuffers buffers, long maxBytes, InputSite site)
            throws LightstreamException {
        long stored = buffers.length(buffer);
        if (stored < PREFIX_BYTES) {
            throw site.malformed("length of compressed buffer " + buffer, PREFIX_BYTES + " or more", stored);
        }
        long prefix = NativeMemory.getLong(buffers.address(buffer));
        if (prefix == STORED) {
            return stored - PREFIX_BYTES;
        }
        if (prefix < 0) {
            throw site.malformed("uncompressed length of buffer " + buffer, "0 or more, or -1", prefix);
        }
        if (prefix > maxBytes) {
            throw site.over("maxBodyBytes", maxBytes, prefix);
        }
        return prefix;
    }

    private static void decompress(
            BufferCodec engine, int buffer, BodyBuffers buffers, long target, long length, InputSite site)
            throws LightstreamException {
        long source = buffers.address(buffer);
        long frame = source + PREFIX_BYTES;
        long frameLength = buffers.length(buffer) - PREFIX_BYTES;
        if (NativeMemory.getLong(source) == STORED) {
            NativeMemory.copy(frame, target, frameLength);
        } else {
            try {
                engine.decompress(frame, frameLength, target, length);
            } catch (CorruptBufferException e) {
                LightstreamException malformed = site.malformed(
                        "compressed buffer " + buffer, length + " bytes", String.valueOf(e.getMessage()));
                malformed.initCause(e);
                throw malformed;
            }
        }
        buffers.set(buffer, target, length);
    }
}
