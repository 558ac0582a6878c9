package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.memory.ForkedJvm;
import org.junit.jupiter.api.Test;

class ShortReadersTest {
    /** As a server with many short connections has it. Nothing may wait for the collector, which is not asked to run. */
    @Test
    void closedReadersAndOutputsHoldNoDirectMemory() throws Exception {
        assertThat(ForkedJvm.run(ShortReadersProbe.class, "-XX:MaxDirectMemorySize=8m", "-XX:+DisableExplicitGC"))
                .containsExactly(
                        "small batches: 0 more buffers, 0 more bytes",
                        "a large batch: 0 more buffers, 0 more bytes",
                        "a torn batch: 0 more buffers, 0 more bytes",
                        "no stream: 0 more buffers, 0 more bytes",
                        "left unread: 0 more buffers, 0 more bytes",
                        "a file: 0 more buffers, 0 more bytes",
                        "an output: 0 more buffers, 0 more bytes");
    }
}
