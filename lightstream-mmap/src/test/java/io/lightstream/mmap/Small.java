package io.lightstream.mmap;

import static io.lightstream.codec.build.Columns.dictionary;
import static io.lightstream.codec.build.Columns.float64;
import static io.lightstream.codec.build.Columns.int64;
import static io.lightstream.codec.build.Columns.utf8;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.ipc.Compression;
import io.lightstream.codec.ipc.Ipc;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file of two equal batches of three rows. */
final class Small {
    private Small() {}

    static Path write(Path path, LightstreamMemory memory, Compression compression) throws IOException {
        try (RecordBatch batch = RecordBatch.of(
                memory,
                int64("id", 1, 2, 3),
                float64("price", 0.5, 1.5, 2.5),
                utf8("name", "a", null, "c"),
                dictionary(utf8("kind", "x", "y", "x")))) {
            IpcWriteOptions options = IpcWriteOptions.defaults().withCompression(compression);
            return Files.write(path, Ipc.file(batch.schema(), options, List.of(batch, batch)));
        }
    }
}
