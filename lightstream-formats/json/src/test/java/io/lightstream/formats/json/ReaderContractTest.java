package io.lightstream.formats.json;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchReaderContract;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.RecordBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Nested;

/** The readers of this module, over a text that ends in the middle of its second batch. */
class ReaderContractTest {
    private static ByteArrayInputStream broken(RecordBatch batch) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonBatchWriter writer = JsonFormat.create(text, batch.schema())) {
            writer.write(batch);
            writer.write(batch);
        }
        return new ByteArrayInputStream(Arrays.copyOf(text.toByteArray(), text.size() - 100));
    }

    @Nested
    class OfJson extends BatchReaderContract {
        @Override
        protected BatchReader openBroken(RecordBatch batch, BufferAllocator allocator) throws IOException {
            return JsonFormat.open(broken(batch), "test", allocator, ReadLimits.defaults());
        }

        @Override
        protected boolean neverWaits() {
            return false;
        }
    }

    @Nested
    class OfChosenColumns extends BatchReaderContract {
        @Override
        protected BatchReader openBroken(RecordBatch batch, BufferAllocator allocator) throws IOException {
            return new ChosenColumns(
                    JsonFormat.open(broken(batch), "test", allocator, ReadLimits.defaults()), List.of("v"), "test");
        }

        @Override
        protected boolean neverWaits() {
            return false;
        }
    }
}
