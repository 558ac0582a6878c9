package io.lightstream.codec.internal.compress;

import io.lightstream.codec.memory.NativeMemory;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.xxhash.XXHashFactory;

/** Builds LZ4 frames of every kind by hand, with the library's block compressor and hash. */
final class Lz4Frames {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int flags;

    Lz4Frames(int flags) {
        this.flags = Lz4Frame.VERSION_1 | flags;
    }

    /** A frame of 64 KB blocks. */
    static byte[] frame(byte[] content, int flags) {
        Lz4Frames frame = new Lz4Frames(flags);
        frame.header(content.length);
        for (int at = 0; at < content.length; at += 1 << 16) {
            frame.block(java.util.Arrays.copyOfRange(content, at, Math.min(content.length, at + (1 << 16))));
        }
        return frame.end(content);
    }

    void header(long contentSize) {
        ByteBuffer header = ByteBuffer.allocate(15).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(Lz4Frame.MAGIC).put((byte) flags).put((byte) 0x40);
        if ((flags & Lz4Frame.CONTENT_SIZE) != 0) {
            header.putLong(contentSize);
        }
        header.put((byte) (hash(header.array(), 4, header.position() - 4) >>> 8));
        bytes.write(header.array(), 0, header.position());
    }

    void block(byte[] content) {
        byte[] compressed = LZ4Factory.safeInstance().fastCompressor().compress(content);
        raw(compressed.length < content.length ? compressed : content, compressed.length < content.length);
    }

    /** A block as given. */
    void raw(byte[] block, boolean compressed) {
        writeInt(block.length | (compressed ? 0 : Lz4Frame.STORED_BLOCK));
        bytes.writeBytes(block);
        if ((flags & Lz4Frame.BLOCK_CHECKSUM) != 0) {
            writeInt(hash(block, 0, block.length));
        }
    }

    byte[] end(byte[] content) {
        writeInt(Lz4Frame.END_MARK);
        if ((flags & Lz4Frame.CONTENT_CHECKSUM) != 0) {
            writeInt(hash(content, 0, content.length));
        }
        return bytes.toByteArray();
    }

    private void writeInt(int value) {
        bytes.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    private static int hash(byte[] data, int from, int length) {
        return XXHashFactory.safeInstance().hash32().hash(data, from, length, 0);
    }

    /** Compresses in memory of exactly the announced size. */
    static byte[] compress(BufferCodec codec, byte[] content) {
        ByteBuffer source = direct(content);
        ByteBuffer target = ByteBuffer.allocateDirect((int) codec.maxCompressedLength(content.length));
        long length = codec.compress(NativeMemory.addressOf(source), content.length, NativeMemory.addressOf(target));
        byte[] frame = new byte[(int) length];
        target.get(frame);
        return frame;
    }

    /** Decompresses into memory with guard bytes on both sides. */
    @SuppressWarnings("Finally") // bytes written outside of the target matter more than any other failure
    static byte[] decompress(BufferCodec codec, byte[] frame, int length) throws CorruptBufferException {
        ByteBuffer source = direct(frame);
        ByteBuffer target = ByteBuffer.allocateDirect(length + 128);
        long address = NativeMemory.addressOf(target);
        NativeMemory.fill(address, length + 128, (byte) 0x5A);
        try {
            codec.decompress(NativeMemory.addressOf(source), frame.length, address + 64, length);
        } finally {
            for (int i = 0; i < 64; i++) {
                if (target.get(i) != 0x5A || target.get(64 + length + i) != 0x5A) {
                    throw new AssertionError("written outside of the target");
                }
            }
        }
        byte[] content = new byte[length];
        target.get(64, content);
        return content;
    }

    private static ByteBuffer direct(byte[] content) {
        return ByteBuffer.allocateDirect(Math.max(content.length, 1))
                .put(content)
                .flip();
    }
}
