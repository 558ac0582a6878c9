package io.lightstream.codec.internal.compress;

import io.lightstream.codec.memory.NativeMemory;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * Decodes everything that the LZ4 frame format allows: linked and independent blocks, stored blocks, checksums of blocks and
 * content, content sizes, several frames behind each other, skippable frames. Dictionaries are the exception: Arrow has no
 * way to name one.
 */
final class Lz4FrameDecoder {
    private final LZ4SafeDecompressor independent = LZ4Factory.fastestInstance().safeDecompressor();

    private long source;
    private long sourceEnd;
    private long target;
    private long targetEnd;

    private int flags;
    private int blockBytes;
    /** Where the content of the frame begins: a linked block refers back to there at most. */
    private long frameTarget;

    void decode(long from, long length, long to, long toLength) throws CorruptBufferException {
        source = from;
        sourceEnd = from + length;
        target = to;
        targetEnd = to + toLength;
        while (source < sourceEnd) {
            int magic = readInt();
            if (magic == Lz4Frame.MAGIC) {
                decodeFrame();
            } else if ((magic & Lz4Frame.SKIPPABLE_MASK) == Lz4Frame.SKIPPABLE_MAGIC) {
                skip(readInt() & 0xFFFFFFFFL);
            } else {
                throw new CorruptBufferException(
                        "LZ4 frame magic",
                        "0x" + Integer.toHexString(Lz4Frame.MAGIC),
                        "0x" + Integer.toHexString(magic));
            }
        }
        if (target != targetEnd) {
            throw new CorruptBufferException("decompressed length", toLength, target - to);
        }
    }

    private void decodeFrame() throws CorruptBufferException {
        long contentSize = readHeader();
        frameTarget = target;
        for (int size = readInt(); size != Lz4Frame.END_MARK; size = readInt()) {
            decodeBlock(size);
        }
        if (has(Lz4Frame.CONTENT_CHECKSUM)) {
            checkChecksum("checksum of the LZ4 content", frameTarget, target - frameTarget);
        }
        if (has(Lz4Frame.CONTENT_SIZE) && contentSize != target - frameTarget) {
            throw new CorruptBufferException("content of the LZ4 frame", contentSize, target - frameTarget);
        }
    }

    /** Reads flags, block size and content size, which is 0 where there is none. */
    private long readHeader() throws CorruptBufferException {
        require(Lz4Frame.MIN_HEADER_BYTES - Lz4Frame.FLG_AT);
        long start = source;
        flags = NativeMemory.getByte(source++) & 0xFF;
        int descriptor = NativeMemory.getByte(source++) & 0xFF;
        if ((flags & Lz4Frame.VERSION_MASK) != Lz4Frame.VERSION_1 || has(Lz4Frame.FLG_RESERVED)) {
            throw new CorruptBufferException("flags of the LZ4 frame", "version 1", "0x" + Integer.toHexString(flags));
        }
        if (has(Lz4Frame.DICTIONARY_ID)) {
            throw new CorruptBufferException("LZ4 frame", "no dictionary", "a dictionary id");
        }
        int code = descriptor >>> Lz4Frame.BD_SHIFT;
        if ((descriptor & Lz4Frame.BD_RESERVED) != 0 || code < Lz4Frame.SMALLEST_BLOCK_CODE) {
            throw new CorruptBufferException(
                    "block size of the LZ4 frame", "4..7", "0x" + Integer.toHexString(descriptor));
        }
        blockBytes = Lz4Frame.blockBytes(code);
        long contentSize = has(Lz4Frame.CONTENT_SIZE) ? readLong() : 0;
        require(1);
        byte expected = Lz4Frame.headerChecksum(start, source);
        byte found = NativeMemory.getByte(source++);
        if (found != expected) {
            throw new CorruptBufferException("checksum of the LZ4 frame header", expected & 0xFF, found & 0xFF);
        }
        return contentSize;
    }

    private void decodeBlock(int sizeAndFlag) throws CorruptBufferException {
        int size = sizeAndFlag & ~Lz4Frame.STORED_BLOCK;
        if (size > blockBytes) {
            throw new CorruptBufferException("LZ4 block length", "1.." + blockBytes, size);
        }
        require(size);
        long start = source;
        int room = (int) Math.min(blockBytes, targetEnd - target);
        if ((sizeAndFlag & Lz4Frame.STORED_BLOCK) != 0) {
            if (size > room) {
                throw new CorruptBufferException("LZ4 block", "at most " + room + " bytes", size);
            }
            NativeMemory.copy(source, target, size);
            target += size;
        } else {
            target += has(Lz4Frame.INDEPENDENT_BLOCKS)
                    ? decodeIndependent(size, room)
                    : Lz4BlockDecoder.decode(source, size, frameTarget, target, room);
        }
        source += size;
        if (has(Lz4Frame.BLOCK_CHECKSUM)) {
            checkChecksum("checksum of an LZ4 block", start, size);
        }
    }

    private int decodeIndependent(int size, int room) throws CorruptBufferException {
        try {
            return independent.decompress(
                    NativeMemory.view(source, size), 0, size, NativeMemory.view(target, room), 0, room);
        } catch (LZ4Exception e) {
            throw new CorruptBufferException("LZ4 block is malformed, or holds more than " + room + " bytes");
        }
    }

    private void checkChecksum(String what, long address, long length) throws CorruptBufferException {
        int expected = readInt();
        int found = XxHash32.hash(address, length);
        if (expected != found) {
            throw new CorruptBufferException(what, Integer.toHexString(expected), Integer.toHexString(found));
        }
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private int readInt() throws CorruptBufferException {
        require(Integer.BYTES);
        int value = NativeMemory.getInt(source);
        source += Integer.BYTES;
        return value;
    }

    private long readLong() throws CorruptBufferException {
        require(Long.BYTES);
        long value = NativeMemory.getLong(source);
        source += Long.BYTES;
        return value;
    }

    private void skip(long bytes) throws CorruptBufferException {
        require(bytes);
        source += bytes;
    }

    private void require(long bytes) throws CorruptBufferException {
        if (bytes > sourceEnd - source) {
            throw new CorruptBufferException("LZ4 frame", "another " + bytes + " bytes", sourceEnd - source);
        }
    }
}
