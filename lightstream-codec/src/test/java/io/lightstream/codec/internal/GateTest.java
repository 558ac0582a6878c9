package io.lightstream.codec.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GateTest {
    private final Gate gate = new Gate("The reader of x");

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
}
