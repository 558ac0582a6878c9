package io.lightstream.codec.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {
    private final Gate gate = new Gate("The reader of x");
    private final List<String> events = new ArrayList<>();

    @Test
    void letsOneInAtATime() {
        gate.enter();
        assertThatThrownBy(gate::enter)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The reader of x is in use by another thread");
        assertThat(gate.leave()).isFalse();
        gate.enter();
        assertThat(gate.leave()).isFalse();
    }

    @Test
    void closesAtOnceWhenNobodyIsInside() {
        assertThat(gate.close()).isEqualTo(Gate.Closing.NOW);
        assertThat(gate.close()).isEqualTo(Gate.Closing.ALREADY);
        assertThatThrownBy(gate::enter).hasMessage("The reader of x is closed");
    }

    @Test
    void whoIsInsideReleasesWhenClosedMeanwhile() {
        gate.enter();
        assertThat(gate.close()).isEqualTo(Gate.Closing.WHEN_LEFT);
        assertThat(gate.close()).isEqualTo(Gate.Closing.ALREADY);
        assertThatThrownBy(gate::enter).hasMessage("The reader of x is closed");
        assertThat(gate.leave()).isTrue();
        assertThat(gate.close()).isEqualTo(Gate.Closing.ALREADY);
    }

    @Test
    void closesWhatIsAwaitedBeforeItReleases() throws IOException {
        gate.close(() -> events.add("closed"), () -> events.add("released"));
        gate.close(() -> events.add("again"), () -> events.add("again"));
        assertThat(events).containsExactly("closed", "released");
    }

    @Test
    void releasesAlsoWhereWhatIsAwaitedCannotBeClosed() {
        Closeable broken = () -> {
            throw new IOException("broken");
        };
        assertThatThrownBy(() -> gate.close(broken, () -> events.add("released")))
                .hasMessage("broken");
        assertThat(events).containsExactly("released");
    }

    @Test
    void leavesReleasingToWhoIsInside() throws IOException {
        gate.enter();
        gate.close(() -> events.add("closed"), () -> events.add("released"));
        assertThat(events).containsExactly("closed");
        assertThat(gate.leave()).isTrue();
    }
}
