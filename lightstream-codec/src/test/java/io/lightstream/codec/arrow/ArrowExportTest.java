package io.lightstream.codec.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.memory.ForkedJvm;
import org.junit.jupiter.api.Test;

/**
 * The C data interface. Arrow Java's own side of it writes its structs through {@code java.nio} by reflection, and needs this
 * option on every JDK; nothing of ours does.
 */
class ArrowExportTest {
    private static final String OPTION_OF_ARROW_JAVA = "--add-opens=java.base/java.nio=ALL-UNNAMED";

    @Test
    void exportedArraysOutliveTheirStream() throws Exception {
        assertThat(ForkedJvm.run(ExportProbe.class, OPTION_OF_ARROW_JAVA))
                .containsExactly(
                        "imported as a stream: 2 batches, equal, 0 bytes left",
                        "arrays behind their stream: 2 batches, equal, 0 bytes left",
                        "a stream that nobody read: 0 batches, equal, 0 bytes left");
    }
}
