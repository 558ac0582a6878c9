package io.lightstream.mmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.memory.ForkedJvm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many files, opened and closed by many threads, leave nothing. {@code -Dlightstream.mappings=100000} for a long time. */
class SoakTest extends MemoryCheck {
    private static final String ROUNDS = System.getProperty("lightstream.mappings", "5000");
    /** What a JVM with a heap of 64 MB takes and keeps on its own: heap, code, stacks. */
    private static final long SLACK_BYTES = 80L << 20;

    @Test
    void nothingGrows() throws Exception {
        String[] found = ForkedJvm.run(SoakProbe.class, List.of(folder.toString(), ROUNDS), "-Xmx64m")
                .get(0)
                .split(" ", -1);
        assertThat(found).startsWith("0", "0", "0");
        assertThat(Long.parseLong(found[3])).isLessThan(SLACK_BYTES);
    }
}
