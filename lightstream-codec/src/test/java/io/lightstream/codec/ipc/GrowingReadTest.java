package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams in files that get longer while they are read, or end too early. */
class GrowingReadTest {
    private static final LogTables TABLES = LogTables.TEXT;

    private final LightstreamMemory memory = LightstreamMemory.create();

    @TempDir
    Path folder;

    @AfterEach
    void nothingIsHeld() {
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
    }

    @Test
    void whatWasAppendedMeanwhileIsRead() throws IOException {
        Path path = Files.write(folder.resolve("log.arrows"), new byte[0]);
        try (IpcStreamWriter writer =
                IpcStreamWriter.append(channel(path), TABLES.appending().withSchema(TABLES.schema()))) {
            TABLES.write(writer, 0, 1, memory);
            writer.flush();
            try (IpcStreamReader reader = open(path)) {
                assertThat(reader.next()).isTrue();
                for (int batch = 1; batch < 4; batch++) {
                    TABLES.write(writer, batch, batch + 1, memory);
                    writer.flush();
                    assertThat(reader.next()).isTrue();
                    assertThat(reader.batch().metadata()).containsEntry("batch", String.valueOf(batch));
                }
            }
        }
    }

    @Test
    void whatIsMissingIsCountedFromTheEnd() throws IOException {
        byte[] whole = TABLES.stream(0, 2, memory);
        int end = whole.length - MessageEncoder.endOfStream().remaining() - 1;
        Path path = Files.write(folder.resolve("torn.arrows"), Arrays.copyOf(whole, end));
        try (IpcStreamReader reader = open(path)) {
            assertThat(reader.next()).isTrue();
            assertThatThrownBy(reader::next)
                    .isInstanceOfSatisfying(
                            TruncatedStreamException.class,
                            e -> assertThat(e.position()).isEqualTo(end));
        }
    }

    private IpcStreamReader open(Path path) throws IOException {
        return IpcStreamReader.open(channel(path), memory.allocator(), Ipc.READ);
    }

    private static FileChannel channel(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
