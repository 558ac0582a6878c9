package io.lightstream.formats.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.compare.ReaderComparison;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was read from JSON and written as JSON says the same. */
class JsonRoundTripTest {
    static List<Corpora.Golden> golden() {
        return Corpora.golden();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void goldenFilesSurvive(Corpora.Golden golden) throws IOException {
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            byte[] written;
            try (JsonBatchReader reader = JsonFormat.open(golden.json(), memory.allocator())) {
                written = write(reader, 0);
            }
            try (JsonBatchReader expected = JsonFormat.open(golden.json(), memory.allocator());
                    JsonBatchReader found = open(written, memory)) {
                assertThat(ReaderComparison.compare(expected, found)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void slicesAreWrittenAsTheyAre(Corpora.Golden golden) throws IOException {
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            byte[] written;
            try (JsonBatchReader reader = JsonFormat.open(golden.json(), memory.allocator())) {
                written = write(reader, 3);
            }
            try (JsonBatchReader expected = JsonFormat.open(golden.json(), memory.allocator());
                    JsonBatchReader found = open(written, memory)) {
                while (expected.next()) {
                    RecordBatch whole = expected.batch();
                    assertThat(found.next()).isTrue();
                    long cut = Math.min(3, whole.rowCount());
                    try (RecordBatch slice = whole.slice(cut, whole.rowCount() - cut)) {
                        assertThat(BatchComparison.compare(slice, found.batch()))
                                .isEmpty();
                    }
                }
                assertThat(found.next()).isFalse();
            }
        }
    }

    @Test
    void pathsThatEndInGzAreGzipped(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("batches.json.gz");
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            Corpora.Golden golden = Corpora.golden().get(0);
            try (JsonBatchReader reader = JsonFormat.open(golden.json(), memory.allocator());
                    BatchWriter writer = JsonFormat.create(path, reader.schema())) {
                while (reader.next()) {
                    writer.write(reader.batch());
                }
            }
            assertThat(path).binaryContent().startsWith(0x1F, 0x8B);
            try (JsonBatchReader expected = JsonFormat.open(golden.json(), memory.allocator());
                    JsonBatchReader found = JsonFormat.open(path, memory.allocator())) {
                assertThat(ReaderComparison.compare(expected, found)).isEmpty();
            }
        }
    }

    /** Writes every batch without its first {@code cut} rows. */
    private static byte[] write(JsonBatchReader reader, long cut) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BatchWriter writer = JsonFormat.create(out, reader.schema())) {
            while (reader.next()) {
                long from = Math.min(cut, reader.batch().rowCount());
                try (RecordBatch slice =
                        reader.batch().slice(from, reader.batch().rowCount() - from)) {
                    writer.write(slice);
                }
            }
        }
        return out.toByteArray();
    }

    private static JsonBatchReader open(byte[] json, LightstreamMemory memory) throws IOException {
        return JsonFormat.open(new ByteArrayInputStream(json), "written", memory.allocator());
    }
}
