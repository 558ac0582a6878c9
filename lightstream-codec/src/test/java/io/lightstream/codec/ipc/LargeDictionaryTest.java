package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.memory.ForkedJvm;
import org.junit.jupiter.api.Test;

class LargeDictionaryTest {
    /** Writers remember dictionaries only to save bytes: where that takes too much memory they go on without. */
    @Test
    void whatCannotBeRememberedIsWrittenAgain() throws Exception {
        assertThat(ForkedJvm.run(LargeDictionaryProbe.class, "-XX:MaxDirectMemorySize=64m", "-Xmx512m"))
                .containsExactly(
                        "a small one: written, known, known",
                        "more than a quarter: written, known, written",
                        "two that are equal: written",
                        "none left: written, known, written");
    }
}
