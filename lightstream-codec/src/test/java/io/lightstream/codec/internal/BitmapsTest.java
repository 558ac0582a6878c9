package io.lightstream.codec.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.memory.NativeMemory;
import java.util.Random;
import org.apache.arrow.memory.ArrowBuf;
import org.junit.jupiter.api.Test;

class BitmapsTest {
    private static final int BITS = 300;

    private final boolean[] expected = new boolean[BITS];

    @Test
    void readsWordsAndCountsAtEveryOffsetAndLength() {
        try (LightstreamMemory memory = LightstreamMemory.create();
                ArrowBuf buffer = memory.allocator().buffer(64)) {
            long address = buffer.memoryAddress();
            fill(address);
            for (int from = 0; from < 140; from++) {
                for (int count = 0; count <= 140; count++) {
                    assertThat(Bitmaps.count(address, from, count)).isEqualTo(count(from, count));
                }
                for (int count = 1; count <= Long.SIZE; count++) {
                    long mask = count == Long.SIZE ? -1L : (1L << count) - 1;
                    assertThat(Bitmaps.word(address, from, count) & mask).isEqualTo(word(from, count));
                }
                assertThat(Bitmaps.get(address, from)).isEqualTo(expected[from]);
            }
        }
    }

    @Test
    void setsBitsAtEveryOffsetAndLengthAndNoneBeside() {
        try (LightstreamMemory memory = LightstreamMemory.create();
                ArrowBuf buffer = memory.allocator().buffer(64)) {
            long address = buffer.memoryAddress();
            fill(address);
            for (int at = 0; at < 64; at++) {
                for (int count = 1; count <= Long.SIZE; count++) {
                    long word = word(at, count);
                    NativeMemory.fill(address + 32, 32, (byte) 0);
                    Bitmaps.set(address + 32, at, word, count);
                    assertThat(Bitmaps.count(address + 32, 0, 256)).isEqualTo(Long.bitCount(word));
                    assertThat(Bitmaps.word(address + 32, at, Long.SIZE)).isEqualTo(word);
                    // The byte behind the last one is left alone.
                    long behind = address + 32 + (at + count + 7 >>> 3);
                    NativeMemory.putByte(behind, (byte) 0x55);
                    Bitmaps.set(address + 32, at, word, count);
                    assertThat(NativeMemory.getByte(behind)).isEqualTo((byte) 0x55);
                }
            }
        }
    }

    private void fill(long address) {
        Random random = new Random(3);
        NativeMemory.fill(address, 64, (byte) 0);
        for (int bit = 0; bit < BITS; bit++) {
            expected[bit] = random.nextBoolean();
            if (expected[bit]) {
                long at = address + bit / 8;
                NativeMemory.putByte(at, (byte) (NativeMemory.getByte(at) | 1 << bit % 8));
            }
        }
    }

    private int count(int from, int count) {
        int set = 0;
        for (int bit = from; bit < from + count; bit++) {
            set += expected[bit] ? 1 : 0;
        }
        return set;
    }

    private long word(int from, int count) {
        long word = 0;
        for (int i = 0; i < count; i++) {
            word |= (expected[from + i] ? 1L : 0L) << i;
        }
        return word;
    }
}
