package io.lightstream.mmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.ipc.Compression;
import io.lightstream.codec.memory.ForkedJvm;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are cut while they are mapped end in the declared error, at once, under every way the JVM runs code. */
class CutMappingTest extends MemoryCheck {

    @ParameterizedTest
    @CsvSource({"-Xmixed,60,400", "-Xint,20,0", "-XX:TieredStopAtLevel=1,40,300"})
    void declaredAtOnceAndNothingSurfacesLater(String mode, String rounds, String warmUps) throws Exception {
        Path path = folder.resolve("cut.arrow");
        List<String> lines = ForkedJvm.run(CutMappingProbe.class, List.of(path.toString(), rounds, warmUps), mode);
        assertThat(lines).hasSize(6);
        for (String line : lines.subList(0, 5)) {
            assertThat(line).matches("\\w+ declared [1-9]\\d* whole \\d+ stray 0 leaked 0");
        }
        assertThat(lines.get(5)).isEqualTo("view InternalError");
    }

    @Test
    void cutBeforeItIsMapped() throws IOException {
        Path path = Small.write(folder.resolve("small.arrow"), memory, Compression.NONE);
        try (MappedArrowFile file = MappedArrowFile.open(path, memory.allocator(), MapOptions.defaults())) {
            long end = file.block(0).end();
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(end);
                assertThatThrownBy(() -> file.batch(0))
                        .isInstanceOf(TruncatedStreamException.class)
                        .hasMessageStartingWith("[" + path + " @" + end + "] mapped file: expected at least ");
                channel.truncate(0);
            }
            assertThatThrownBy(() -> file.batch(1)).isInstanceOf(TruncatedStreamException.class);
        }
    }
}
