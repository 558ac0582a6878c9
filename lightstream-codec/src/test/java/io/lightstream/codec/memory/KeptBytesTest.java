package io.lightstream.codec.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeptBytesTest {
    @Test
    void noMoreThanTheLimit() {
        KeptBytes kept = KeptBytes.ofSlabs(800);
        assertThat(kept.tryAdd(60)).isTrue();
        assertThat(kept.hasRoomFor(40)).isTrue();
        assertThat(kept.tryAdd(41)).isFalse();
        assertThat(kept.tryAdd(40)).isTrue();
        kept.subtract(100);
        assertThat(kept.hasRoomFor(100)).isTrue();
        assertThat(kept.fits(101)).isFalse();
    }

    @Test
    void aLimitThatWasHalvedRecoversAsMemoryIsTaken() {
        KeptBytes kept = KeptBytes.ofSlabs(8_000);
        kept.halve();
        assertThat(kept.fits(500)).isTrue();
        assertThat(kept.fits(501)).isFalse();
        kept.taken(99 * KeptBytes.BYTES_TAKEN_PER_BYTE_MORE);
        assertThat(kept.fits(600)).isTrue();
        assertThat(kept.fits(601)).isFalse();
        kept.taken(1L << 40);
        kept.taken(1L << 40);
        assertThat(kept.fits(1_000)).isTrue();
        assertThat(kept.fits(1_001)).isFalse();
    }

    @Test
    void evenOneThatHasComeToNothing() {
        KeptBytes kept = KeptBytes.ofSlabs(24);
        kept.halve();
        kept.halve();
        assertThat(kept.fits(1)).isFalse();
        kept.taken(1);
        assertThat(kept.fits(1)).isTrue();
    }

    @Test
    void slabsAndLargeBlocksShareWhatMayBeKept() {
        KeptBytes slabs = KeptBytes.ofSlabs(8_000);
        KeptBytes large = KeptBytes.ofLargeBlocks(8_000);
        assertThat(slabs.fits(1_000) && large.fits(7_000)).isTrue();
        assertThat(slabs.fits(1_001) || large.fits(7_001)).isFalse();
        assertThat(KeptBytes.ofSlabs(0).fits(1) || KeptBytes.ofLargeBlocks(0).fits(1))
                .isFalse();
    }

    @Test
    void halfOfWhatTheJvmAllowsIsLeftToOthers() {
        KeptBytes large = KeptBytes.ofLargeBlocks(Long.MAX_VALUE);
        assertThat(large.fits(KeptBytes.KEPT_UNASKED_BYTES)).isTrue();
        assertThat(large.fits(Math.max(KeptBytes.KEPT_UNASKED_BYTES, NativeMemory.limit() / 16 * 7)))
                .isTrue();
        assertThat(large.fits(Math.max(KeptBytes.KEPT_UNASKED_BYTES, NativeMemory.limit() / 2) + 1))
                .isFalse();
    }
}
