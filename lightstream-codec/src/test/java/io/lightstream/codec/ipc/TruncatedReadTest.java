package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Field;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stream and a file that are cut off anywhere. */
class TruncatedReadTest {
    private LightstreamMemory memory;
    private LightstreamMemory readMemory;

    @BeforeEach
    void open() {
        memory = LightstreamMemory.create();
        readMemory = LightstreamMemory.create();
    }

    @AfterEach
    void close() {
        readMemory.close();
        memory.close();
    }

    static List<Compression> compressions() {
        return List.of(Compression.NONE, Compression.ZSTD);
    }

    private List<RecordBatch> batches() {
        Field field = Tables.dictionary(Tables.TEXT, 1, 8, true);
        return List.of(
                Tables.column(memory.allocator(), field, "a", "b", "a"),
                Tables.column(memory.allocator(), field, "c", null),
                Tables.column(
                        memory.allocator(),
                        field,
                        IntStream.range(0, 40).mapToObj(Integer::toString).toArray()));
    }

    @ParameterizedTest
    @MethodSource("compressions")
    void streamsAreAcceptedBetweenMessagesOnly(Compression compression) throws IOException {
        List<RecordBatch> batches = batches();
        byte[] stream =
                Ipc.stream(batches.get(0).schema(), IpcWriteOptions.defaults().withCompression(compression), batches);
        batches.forEach(RecordBatch::close);
        Map<Integer, Integer> batchesUpTo = boundaries(stream);
        for (int length = 0; length < stream.length; length++) {
            byte[] cut = Arrays.copyOf(stream, length);
            if (batchesUpTo.containsKey(length)) {
                assertThat(readStream(cut)).isEqualTo(batchesUpTo.get(length));
            } else {
                Throwable found = catchThrowable(() -> readStream(cut));
                assertThat(found)
                        .as("cut after %s bytes", length)
                        .isInstanceOf(length == 0 ? MalformedStreamException.class : TruncatedStreamException.class)
                        .hasMessageStartingWith("[test @");
                assertThat(((LightstreamException) found).position()).isBetween(0L, (long) length);
            }
            assertThat(readMemory.allocator().getAllocatedMemory()).isZero();
        }
    }

    /** Where messages end, and how many batches came before. */
    private static Map<Integer, Integer> boundaries(byte[] stream) {
        Map<Integer, Integer> boundaries = new HashMap<>();
        int batches = 0;
        for (int i = 0; Patch.of(stream, i).metadataLength() != 0; i++) {
            Patch message = Patch.of(stream, i);
            batches += stream[message.root().at(1)] == 3 ? 1 : 0;
            boundaries.put(message.end(), batches);
        }
        return boundaries;
    }

    private int readStream(byte[] bytes) throws IOException {
        try (BatchReader reader = Ipc.openStream(bytes, readMemory.allocator())) {
            return count(reader);
        }
    }

    private static int count(BatchReader reader) throws IOException {
        int batches = 0;
        while (reader.next()) {
            batches++;
        }
        return batches;
    }

    @ParameterizedTest
    @MethodSource("compressions")
    void filesAreNeverAccepted(Compression compression) {
        List<RecordBatch> batches = batches();
        byte[] file =
                Ipc.file(batches.get(0).schema(), IpcWriteOptions.defaults().withCompression(compression), batches);
        batches.forEach(RecordBatch::close);
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> Ipc.openFile(cut, readMemory.allocator()).close())
                    .as("cut after %s bytes", length)
                    .isInstanceOf(MalformedStreamException.class)
                    .hasMessageStartingWith("[test @");
        }
    }
}
