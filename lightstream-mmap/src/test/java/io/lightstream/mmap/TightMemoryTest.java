package io.lightstream.mmap;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.ipc.Ipc;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.ipc.Tables;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Test;

/** What is copied although the file is mapped, where there is no memory for it. */
class TightMemoryTest extends MemoryCheck {
    /** A dictionary of 1000 values of 4 bytes, and 10 more behind it in a delta. */
    private Path write() throws IOException {
        Schema schema = Schema.of(Tables.dictionary(Tables.INT, 5, 32, true));
        try (BatchBuilder builder = BatchBuilder.create(schema, memory.allocator())) {
            List<RecordBatch> batches = new ArrayList<>();
            for (int value = 0; value < 1010; value++) {
                builder.column(0).appendValue(value);
                if (value == 999 || value == 1009) {
                    batches.add(builder.finish());
                }
            }
            byte[] file = Ipc.file(schema, IpcWriteOptions.defaults().withWholeDictionaries(false), batches);
            batches.forEach(RecordBatch::close);
            return Files.write(folder.resolve("delta.arrow"), file);
        }
    }

    @Test
    void aDeltaAsksForWhatItNeedsAndNotForTheMapping() throws IOException {
        Path path = write();
        try (BufferAllocator tight = memory.newChild("tight", 1000);
                MappedArrowFile file = MappedArrowFile.open(path, tight, MapOptions.defaults())) {
            assertThatThrownBy(() -> file.batch(1))
                    .isInstanceOf(LimitExceededException.class)
                    .hasMessageContaining("memory of allocator 'tight', of which 0 bytes are in use: "
                            + "expected at most 1000, found 4040");
        }
    }
}
