package io.lightstream.mmap;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchReaderContract;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.ipc.Ipc;
import io.lightstream.mmap.follow.FollowOptions;
import io.lightstream.mmap.follow.FollowedStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The readers of this module. */
class ReaderContractTest {
    @TempDir
    Path folder;

    @Nested
    class OfMappedFiles extends BatchReaderContract {
        @Override
        protected BatchReader openBroken(RecordBatch batch, BufferAllocator allocator) throws IOException {
            Path path = Files.write(folder.resolve("a.arrow"), Ipc.brokenFile(batch));
            return MappedArrowFile.open(path, allocator, MapOptions.defaults());
        }

        @Override
        protected boolean neverWaits() {
            return true;
        }
    }

    @Nested
    class OfMappedStreams extends BatchReaderContract {
        @Override
        protected BatchReader openBroken(RecordBatch batch, BufferAllocator allocator) throws IOException {
            Path path = Files.write(folder.resolve("a.arrows"), Ipc.brokenStream(batch));
            return MappedArrowFile.open(path, allocator, MapOptions.defaults());
        }

        @Override
        protected boolean neverWaits() {
            return true;
        }
    }

    @Nested
    class OfDatasets extends BatchReaderContract {
        @Override
        protected BatchReader openBroken(RecordBatch batch, BufferAllocator allocator) throws IOException {
            Files.write(folder.resolve("a.arrow"), Ipc.brokenFile(batch));
            return MappedDataset.open(folder.toString(), allocator, DatasetOptions.defaults());
        }

        @Override
        protected boolean neverWaits() {
            return true;
        }
    }

    @Nested
    class OfFollowedStreams extends BatchReaderContract {
        @Override
        protected BatchReader openBroken(RecordBatch batch, BufferAllocator allocator) throws IOException {
            Path path = Files.write(folder.resolve("a.arrows"), Ipc.brokenStream(batch));
            return FollowedStream.follow(path, allocator, FollowOptions.defaults());
        }

        @Override
        protected boolean neverWaits() {
            return false;
        }
    }
}
