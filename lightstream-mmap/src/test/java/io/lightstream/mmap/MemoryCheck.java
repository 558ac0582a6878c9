package io.lightstream.mmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.memory.LightstreamMemory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** After each test nothing is allocated, and no file of its folder is open or mapped. */
abstract class MemoryCheck {
    final LightstreamMemory memory = LightstreamMemory.create();

    @TempDir
    Path folder;

    @AfterEach
    void nothingIsLeft() throws Exception {
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
        assertThat(OwnProcess.mappingsBelow(folder)).isZero();
        assertThat(OwnProcess.descriptorsOf(folder)).isZero();
    }
}
