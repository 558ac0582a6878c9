package io.lightstream.codec.ipc;

import static io.lightstream.codec.build.Columns.int64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device without room: the error is told when bytes get there, and closing leaves nothing open. */
class DiskFullTest {
    private static final Path FULL = Path.of("/dev/full");

    private interface Opening {
        BatchWriter open(WritableByteChannel channel, Schema schema, IpcWriteOptions options) throws IOException;
    }

    @BeforeEach
    void requireDevice() {
        assumeTrue(Files.isWritable(FULL), "there is no " + FULL + " here");
    }

    @Test
    void aStreamTellsIt() throws IOException {
        failsClosed(IpcStreamWriter::open, new long[100_000]);
    }

    @Test
    void aFileTellsIt() throws IOException {
        failsClosed(IpcFileWriter::open, new long[100_000]);
    }

    @Test
    void smallBatchesTellItWhenFlushed() throws IOException {
        failsClosed(IpcStreamWriter::open, new long[10]);
    }

    private static void failsClosed(Opening opening, long[] values) throws IOException {
        FileChannel channel = FileChannel.open(FULL, StandardOpenOption.WRITE);
        try (LightstreamMemory memory = LightstreamMemory.create();
                RecordBatch batch = RecordBatch.of(memory, int64("x", values))) {
            BatchWriter out = opening.open(channel, batch.schema(), IpcWriteOptions.defaults());
            assertThatThrownBy(() -> {
                        out.write(batch);
                        out.flush();
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("space");
            assertThatThrownBy(() -> out.write(batch)).isInstanceOf(IllegalStateException.class);
            closeQuietly(out);
        }
        assertThat(channel.isOpen()).isFalse();
    }

    /** What was held back cannot be written either: closing may say so again. */
    private static void closeQuietly(BatchWriter out) {
        try {
            out.close();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("space");
        }
    }
}
