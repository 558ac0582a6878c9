package io.lightstream.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadPausesTest {
    private static final int KB = 1 << 10;
    private static final int WANTED = 256 * KB;
    private static final long SHORT = 80_000;
    private static final long LONG = ReadPauses.TOO_LONG_NANOS + 1;

    private final CountedPauses pauses = new CountedPauses(true, SHORT);

    /** What the channel had, and how much of the payload was left before; whether that read was preceded by a pause. */
    private static boolean pausesAfter(CountedPauses pauses, long count, long remaining) {
        pauses.afterRead(WANTED, count);
        int before = pauses.count;
        pauses.beforeRead(WANTED, remaining);
        return pauses.count > before;
    }

    @Test
    void pausesWhenTheChannelWasDrainedInTheMiddleOfAPayload() {
        assertThat(pausesAfter(pauses, 100 * KB, 10L * WANTED)).isTrue();
        assertThat(pausesAfter(pauses, WANTED - 1, WANTED + 1)).isTrue();
    }

    @Test
    void whatIsSentInOnePauseNeedsNone() {
        pauses.beforeRead(WANTED, 10L * WANTED);
        pauses.beforeRead(WANTED, 1);
        assertThat(pausesAfter(pauses, 100 * KB, ReadPauses.LARGE_PAYLOAD_BYTES - 1))
                .isFalse();
        assertThat(pausesAfter(pauses, 100 * KB, ReadPauses.LARGE_PAYLOAD_BYTES))
                .isTrue();
        assertThat(pausesAfter(pauses, 100 * KB, ReadPauses.LARGE_PAYLOAD_BYTES - 1))
                .isTrue();
    }

    @Test
    void goesOnWhileTheChannelHasMore() {
        assertThat(pausesAfter(pauses, WANTED, 10L * WANTED)).isFalse();
    }

    @Test
    void aSlowPeerWakesItsReader() {
        assertThat(pausesAfter(pauses, ReadPauses.WORTHWHILE_BYTES, 10L * WANTED))
                .isTrue();
        assertThat(pausesAfter(pauses, ReadPauses.WORTHWHILE_BYTES - 1, 10L * WANTED))
                .isFalse();
        assertThat(pausesAfter(pauses, -1, 10L * WANTED)).isFalse();
    }

    @Test
    void theEndOfAPayloadNeverWaits() {
        assertThat(pausesAfter(pauses, 100 * KB, WANTED)).isFalse();
    }

    @Test
    void whatWasFoundBeforeOtherReadsSaysNothing() {
        pauses.afterRead(WANTED, 100 * KB);
        pauses.forget();
        pauses.beforeRead(WANTED, 10L * WANTED);
        assertThat(pauses.count).isZero();
    }

    @Test
    void whereItIsNotWantedNobodyPauses() {
        assertThat(pausesAfter(new CountedPauses(false, SHORT), 100 * KB, 10L * WANTED))
                .isFalse();
    }

    @Test
    void pausesThatAreLongBecomeRareAndAShortOneForgives() {
        var slow = new CountedPauses(true, LONG);
        for (int chances = 1 + 1 + 1 + 3 + 1 + 7; chances > 0; chances--) {
            pausesAfter(slow, 100 * KB, 10L * WANTED);
        }
        assertThat(slow.count).isEqualTo(3);
        for (int chances = 1_000_000; chances > 0; chances--) {
            pausesAfter(slow, 100 * KB, 10L * WANTED);
        }
        assertThat(slow.count).isLessThan(20);
    }

    @Test
    void aReaderPausesBetweenTheReadsOfALargePayloadOnly() throws IOException {
        List<Message> messages =
                List.of(Message.random(new Random(1), 100, 4 * 256 * KB), Message.random(new Random(2), 100, 700 * KB));
        // As a socket that has 64 KB each time the reader comes.
        var source = new TestSource(Message.stream(messages), asked -> Math.min(asked, 64 * KB));
        var assembler = new FrameAssembler<>(new Message.Decoder(1, true), "test", 0);
        var input = new ChannelSource(source, FrameReaderOptions.defaults(), pauses);
        List<Message> read = new ArrayList<>();
        do {
            while (assembler.next()) {
                read.add(assembler.frame());
            }
        } while (input.read(assembler));
        assembler.close();
        input.release();
        assertThat(read).isEqualTo(messages);
        // The first payload takes 16 reads; the first of them follows a header, and the last 4 end the payload.
        assertThat(pauses.count).isEqualTo(11);
    }
}
