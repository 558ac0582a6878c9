package io.lightstream.codec.ipc;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchReaderContract;
import io.lightstream.codec.RecordBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Nested;

/** The readers of this package. */
class ReaderContractTest {
    @Nested
    class OfStreams extends BatchReaderContract {
        @Override
        protected BatchReader openBroken(RecordBatch batch, BufferAllocator allocator) throws IOException {
            byte[] bytes = Ipc.brokenStream(batch);
            return IpcStreamReader.open(Channels.newChannel(new ByteArrayInputStream(bytes)), allocator, Ipc.READ);
        }

        @Override
        protected boolean neverWaits() {
            return false;
        }
    }

    @Nested
    class OfFiles extends BatchReaderContract {
        @Override
        protected BatchReader openBroken(RecordBatch batch, BufferAllocator allocator) throws IOException {
            return Ipc.openFile(Ipc.brokenFile(batch), allocator);
        }

        @Override
        protected boolean neverWaits() {
            return true;
        }
    }

    @Nested
    class OfMemory extends BatchReaderContract {
        @Override
        protected BatchReader openBroken(RecordBatch batch, BufferAllocator allocator) throws IOException {
            byte[] bytes = Ipc.brokenStream(batch);
            try (ArrowBuf input = allocator.buffer(bytes.length)) {
                input.writeBytes(bytes);
                return IpcMemoryReader.open(input, allocator, Ipc.READ);
            }
        }

        @Override
        protected boolean neverWaits() {
            return true;
        }
    }
}
