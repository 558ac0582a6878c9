package io.lightstream.mmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.ipc.Compression;
import io.lightstream.codec.memory.ForkedJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A process that maps a file does not load what it has no use for. Each class that it loads takes it some tenth of a millisecond,
 * and a few of them far more: Arrow's buffers initialise its allocators, these look for a logger on the whole class path, and
 * Arrow's schema makes a JSON mapper.
 */
class ColdStartTest extends MemoryCheck {
    /** What opens files and makes batches. */
    private static final Pattern LAMBDA_ON_THE_WAY =
            Pattern.compile("io\\.lightstream\\.(mmap|codec\\.internal|codec\\.ipc|codec\\.schema)\\S*\\$\\$Lambda");

    @Test
    void mappedValuesAreReadWithoutWhatOnlyOthersNeed() throws Exception {
        Path path = Small.write(folder.resolve("cold.arrow"), memory, Compression.NONE);
        List<String> output = ForkedJvm.run(ColdStartProbe.class, List.of(path.toString()), "-Xlog:class+load");
        assertThat(output).anyMatch(line -> line.endsWith("5.5cy"));
        List<String> loaded =
                output.stream().filter(line -> line.contains("source:")).toList();
        assertThat(loaded)
                .anyMatch(line -> line.contains(MappedArrowFile.class.getName()))
                .noneMatch(line -> line.contains("org.apache.arrow.memory.ArrowBuf"))
                .noneMatch(line -> line.contains("org.apache.arrow.memory.BaseAllocator"))
                .noneMatch(line -> line.contains("org.apache.arrow.memory.util.MemoryUtil"))
                .noneMatch(line -> line.contains("org.apache.arrow.vector"))
                .noneMatch(line -> line.contains("org.slf4j"))
                .noneMatch(line -> line.contains("com.fasterxml"))
                .noneMatch(line -> LAMBDA_ON_THE_WAY.matcher(line).find());
    }
}
