package io.lightstream.codec.internal.compress;

import io.lightstream.codec.memory.NativeMemory;

/**
 * Decodes an LZ4 block whose matches may reach back into the blocks before it, which the block decompressor of the library
 * cannot do. Linked blocks are what Arrow C++ writes.
 *
 * <pre>
 * sequence: | token: literals 4 bits, match 4 bits | more literal length | literals | offset u16 | more match length |
 * </pre>
 *
 * <p>The last sequence of a block ends after its literals.
 */
final class Lz4BlockDecoder {
    private static final int MIN_MATCH = 4;
    private static final int LENGTH_MASK = 15;
    private static final int WORD = Long.BYTES;

    private Lz4BlockDecoder() {}

    /**
     * Decodes one block.
     *
     * @param history the first byte that matches may refer to
     * @param room most bytes that may be written
     * @return bytes written
     */
    static int decode(long source, int length, long history, long target, int room) throws CorruptBufferException {
        long in = source;
        long inEnd = source + length;
        long out = target;
        long outEnd = target + room;
        while (in < inEnd) {
            int token = NativeMemory.getByte(in++) & 0xFF;

            long literals = (long) token >>> 4;
            if (literals == LENGTH_MASK) {
                int more;
                do {
                    check(in < inEnd);
                    more = NativeMemory.getByte(in++) & 0xFF;
                    literals += more;
                } while (more == 0xFF);
            }
            check(literals <= inEnd - in && literals <= outEnd - out);
            copyLiterals(in, inEnd, out, outEnd, literals);
            in += literals;
            out += literals;
            if (in == inEnd) {
                return (int) (out - target);
            }

            check(inEnd - in >= Short.BYTES);
            int offset = NativeMemory.getShort(in) & 0xFFFF;
            in += Short.BYTES;
            long match = token & LENGTH_MASK;
            if (match == LENGTH_MASK) {
                int more;
                do {
                    check(in < inEnd);
                    more = NativeMemory.getByte(in++) & 0xFF;
                    match += more;
                } while (more == 0xFF);
            }
            match += MIN_MATCH;
            check(offset > 0 && offset <= out - history && match <= outEnd - out);
            copyMatch(out - offset, out, outEnd, match);
            out += match;
        }
        throw new CorruptBufferException("LZ4 block ends within a sequence");
    }

    /** Copies whole words where there is room behind: most runs are shorter than a call of the memory copy is worth. */
    private static void copyLiterals(long from, long fromEnd, long to, long toEnd, long count) {
        long end = from + count;
        if (count <= 4 * WORD && fromEnd - end >= WORD && toEnd - (to + count) >= WORD) {
            copyWords(from, to, to + count);
        } else {
            NativeMemory.copy(from, to, count);
        }
    }

    /** Copies forward: where the match overlaps what it writes, it repeats. */
    private static void copyMatch(long from, long to, long toEnd, long count) {
        long distance = to - from;
        long end = to + count;
        if (distance >= WORD && toEnd - end >= WORD) {
            copyWords(from, to, end);
        } else if (distance >= count) {
            NativeMemory.copy(from, to, count);
        } else if (distance == 1) {
            NativeMemory.fill(to, count, NativeMemory.getByte(from));
        } else {
            for (long i = 0; i < count; i++) {
                NativeMemory.putByte(to + i, NativeMemory.getByte(from + i));
            }
        }
    }

    private static void copyWords(long from, long to, long end) {
        long in = from;
        for (long out = to; out < end; out += WORD, in += WORD) {
            NativeMemory.putLong(out, NativeMemory.getLong(in));
        }
    }

    private static void check(boolean holds) throws CorruptBufferException {
        if (!holds) {
            throw new CorruptBufferException("LZ4 block is malformed, or holds more than announced");
        }
    }
}
