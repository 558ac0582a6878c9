package io.lightstream.codec.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeptBytesTest {
    @Test
    void noMoreThanTheLimit() {
        KeptBytes kept = new KeptBytes(100);
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
        KeptBytes kept = new KeptBytes(1_000);
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
        KeptBytes kept = new KeptBytes(3);
        kept.halve();
        kept.halve();
        assertThat(kept.fits(1)).isFalse();
        kept.taken(1);
        assertThat(kept.fits(1)).isTrue();
    }
}
