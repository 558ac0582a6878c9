package io.lightstream.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadAheadPolicyTest {
    private static final int CHUNK = 256 << 10;
    private static final int LARGE = ReadAheadPolicy.LARGE_PAYLOAD_BYTES;

    private final ReadAheadPolicy policy = new ReadAheadPolicy(0);
    private long position;

    /** A frame of this header and payload. */
    private void frame(int header, int payload) {
        position += header;
        if (payload > 0) {
            policy.payload(position, payload);
            position += payload;
        }
        policy.frameStarts(position);
    }

    private void smallFrames(int count) {
        for (int i = 0; i < count; i++) {
            frame(100, 0);
        }
    }

    @Test
    void beginsExact() {
        assertThat(policy.whenMissing(8, CHUNK)).isEqualTo(8);
        assertThat(policy.whenMissing(10L * CHUNK, CHUNK)).isEqualTo(CHUNK);
        assertThat(policy.behindPayload(CHUNK)).isZero();
    }

    @Test
    void readsWholeChunksAfterAStreakOfSmallFrames() {
        smallFrames(ReadAheadPolicy.SMALL_FRAMES_BEFORE_BULK - 1);
        assertThat(policy.whenMissing(8, CHUNK)).isEqualTo(8);

        frame(100, LARGE - 1);
        assertThat(policy.whenMissing(8, CHUNK)).isEqualTo(CHUNK);
        assertThat(policy.behindPayload(CHUNK)).isEqualTo(CHUNK);
    }

    @Test
    void oneLargePayloadSwitchesBackAndTheStreakBeginsAnew() {
        smallFrames(20);
        policy.payload(position + 50, LARGE);
        assertThat(policy.whenMissing(8, CHUNK)).isEqualTo(8);
        assertThat(policy.behindPayload(CHUNK)).isEqualTo(50);

        policy.frameStarts(position + 50 + LARGE);
        smallFrames(ReadAheadPolicy.SMALL_FRAMES_BEFORE_BULK - 1);
        assertThat(policy.whenMissing(8, CHUNK)).isEqualTo(8);
        smallFrames(1);
        assertThat(policy.whenMissing(8, CHUNK)).isEqualTo(CHUNK);
    }

    @Test
    void payloadsOfOneFrameCountTogether() {
        smallFrames(20);
        policy.payload(position + 50, LARGE / 2);
        assertThat(policy.whenMissing(8, CHUNK)).isEqualTo(CHUNK);
        policy.payload(position + 50 + LARGE / 2, LARGE / 2);
        assertThat(policy.whenMissing(8, CHUNK)).isEqualTo(8);
    }

    @Test
    void expectsTheHeaderOfTheFrameBefore() {
        smallFrames(1); // a schema: no part of the first header
        frame(264, LARGE);
        assertThat(policy.behindPayload(CHUNK)).isEqualTo(264);
        frame(264, 10 * LARGE);
        assertThat(policy.behindPayload(CHUNK)).isEqualTo(264);
        assertThat(policy.behindPayload(100)).isEqualTo(100);
    }

    @Test
    void countsThePaddingThatClosesAPayloadToTheNextHeader() {
        for (int i = 0; i < 3; i++) {
            position += 264;
            policy.payload(position, LARGE);
            policy.skipped(position + LARGE, 24);
            position += LARGE + 24;
            policy.frameStarts(position);
        }
        assertThat(policy.behindPayload(CHUNK)).isEqualTo(288);
    }

    @Test
    void neverExpectsMoreThanBothOfTheLastHeaders() {
        frame(300, LARGE);
        frame(200, LARGE);
        assertThat(policy.behindPayload(CHUNK)).isEqualTo(200);
        frame(300, LARGE);
        assertThat(policy.behindPayload(CHUNK)).isEqualTo(200);
    }

    @Test
    void framesWithoutPayloadInBetweenAreNoHeader() {
        frame(300, LARGE);
        smallFrames(3);
        frame(280, LARGE);
        assertThat(policy.behindPayload(CHUNK)).isEqualTo(280);
    }

    @Test
    void aSecondPayloadOfAFrameFollowsTheFirstWithoutAHeader() {
        policy.payload(300, LARGE);
        policy.payload(300 + LARGE, LARGE);
        assertThat(policy.behindPayload(CHUNK)).isZero();
    }

    @Test
    void longSkipsAreNotReadAhead() {
        smallFrames(20);
        policy.skipped(position + 40, LARGE);
        assertThat(policy.whenMissing(LARGE, CHUNK)).isEqualTo(LARGE);
    }
}
