package io.lightstream.codec.internal.compress;

/**
 * Where things are in an LZ4 frame (LZ4 Frame Format 1.6).
 *
 * <pre>
 * | magic u32 | FLG u8 | BD u8 | content size u64? | dictionary id u32? | HC u8 |
 * | block: size u32, highest bit set if stored | bytes | checksum u32? |  ...  | end mark 0 u32 | content checksum u32? |
 * </pre>
 */
final class Lz4Frame {
    static final int MAGIC = 0x184D2204;
    /** Skippable frames have 16 magic numbers, which differ in the lowest four bits. */
    static final int SKIPPABLE_MAGIC = 0x184D2A50;

    static final int SKIPPABLE_MASK = 0xFFFFFFF0;

    static final int FLG_AT = 4;
    static final int BD_AT = 5;
    static final int CONTENT_SIZE_AT = 6;
    /** Of the shortest header. */
    static final int MIN_HEADER_BYTES = 7;

    static final int VERSION_1 = 0x40;
    static final int VERSION_MASK = 0xC0;
    static final int INDEPENDENT_BLOCKS = 0x20;
    static final int BLOCK_CHECKSUM = 0x10;
    static final int CONTENT_SIZE = 0x08;
    static final int CONTENT_CHECKSUM = 0x04;
    static final int FLG_RESERVED = 0x02;
    static final int DICTIONARY_ID = 0x01;

    static final int BD_RESERVED = 0x8F;
    static final int BD_SHIFT = 4;
    /** The code of the smallest block size, 64 KB; each further one is four times as large. */
    static final int SMALLEST_BLOCK_CODE = 4;

    static final int LARGEST_BLOCK_CODE = 7;

    static final int STORED_BLOCK = 0x80000000;
    static final int END_MARK = 0;

    private Lz4Frame() {}

    /** Most bytes a block of that code holds. */
    static int blockBytes(int code) {
        return 1 << (8 + 2 * code);
    }

    /** The header checksum of a descriptor that begins at {@code flg} and ends before {@code end}. */
    static byte headerChecksum(long flg, long end) {
        return (byte) (XxHash32.hash(flg, end - flg) >>> 8);
    }
}
