package io.lightstream.codec.internal.metadata;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.internal.InputSite;
import java.nio.ByteBuffer;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * What a record batch message says of its body: nodes, buffers, compression (Message.fbs, {@code RecordBatch}). Reused from
 * message to message, so that the hot path makes no garbage for it.
 */
public final class BatchHeader {
    /** How the buffers of a body are compressed. */
    public enum Codec {
        NONE,
        LZ4_FRAME,
        ZSTD
    }

    private long rowCount;
    private int nodeCount;
    private long[] nodes = new long[64];
    private int bufferCount;
    private long[] buffers = new long[128];
    private int variadicCount;
    private long[] variadicCounts = new long[0];
    private Codec codec = Codec.NONE;

    /** Reads all of it from verified metadata. */
    void read(RecordBatch batch, ByteBuffer metadata, BatchPositions at, ReadLimits limits, InputSite site)
            throws LightstreamException {
        readNumbers(metadata, at, limits, site);
        codec = codec(batch.compression(), site);
    }

    /** Reads the numbers from metadata that differ from those read before in nothing else. */
    void readNumbers(ByteBuffer metadata, BatchPositions at, ReadLimits limits, InputSite site)
            throws LightstreamException {
        rowCount = at.rows(metadata);
        if (rowCount < 0) {
            throw site.malformed("rows of a record batch", "0 or more", rowCount);
        }
        if (rowCount > limits.maxRows()) {
            throw site.over("maxRows", limits.maxRows(), rowCount);
        }
        nodeCount = at.nodes().count();
        nodes = longs(metadata, at.nodes(), nodes);
        bufferCount = at.buffers().count();
        buffers = longs(metadata, at.buffers(), buffers);
        variadicCount = at.variadicCounts().count();
        variadicCounts = longs(metadata, at.variadicCounts(), variadicCounts);
    }

    /** All numbers of a vector, in {@code into} if it has room for them. */
    private static long[] longs(ByteBuffer metadata, BatchPositions.Vector vector, long[] into) {
        int count = (vector.end() - vector.start()) / Long.BYTES;
        long[] values = into.length < count ? new long[count] : into;
        int at = vector.start();
        for (int i = 0; i < count; i++, at += Long.BYTES) {
            values[i] = metadata.getLong(at);
        }
        return values;
    }

    private static Codec codec(@Nullable BodyCompression compression, InputSite site) throws LightstreamException {
        if (compression == null) {
            return Codec.NONE;
        }
        if (compression.method() != BodyCompressionMethod.BUFFER) {
            throw site.unsupported("compression method", "0 (BUFFER)", compression.method());
        }
        return switch (compression.codec()) {
            case CompressionType.LZ4_FRAME -> Codec.LZ4_FRAME;
            case CompressionType.ZSTD -> Codec.ZSTD;
            default -> throw site.unsupported("compression codec", "0 (LZ4_FRAME) or 1 (ZSTD)", compression.codec());
        };
    }

    /** Rows of the batch; not negative and within the limits. */
    public long rowCount() {
        return rowCount;
    }

    /** Number of field nodes. */
    public int nodeCount() {
        return nodeCount;
    }

    /** Rows of node {@code index}, unchecked. */
    public long nodeLength(int index) {
        return nodes[2 * index];
    }

    /** Nulls of node {@code index}, unchecked; -1 where nobody counted. */
    public long nodeNullCount(int index) {
        return nodes[2 * index + 1];
    }

    /** Number of buffers. */
    public int bufferCount() {
        return bufferCount;
    }

    /** Where buffer {@code index} starts in the body, unchecked. */
    public long bufferOffset(int index) {
        return buffers[2 * index];
    }

    /** Bytes of buffer {@code index} in the body, unchecked. */
    public long bufferLength(int index) {
        return buffers[2 * index + 1];
    }

    /** Number of variadic counts: one for each view column. */
    public int variadicCountCount() {
        return variadicCount;
    }

    /** Data buffers of view column {@code index}, unchecked. */
    public long variadicCount(int index) {
        return variadicCounts[index];
    }

    /** Compression of every buffer of the body. */
    public Codec codec() {
        return codec;
    }
}
