package io.lightstream.codec.ipc;

import static io.lightstream.codec.build.Columns.dictionary;
import static io.lightstream.codec.build.Columns.int64;
import static io.lightstream.codec.build.Columns.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.ColumnSelectionException;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.compare.ReaderComparison;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.memory.NativeMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IpcMemoryReaderTest {
    private final LightstreamMemory memory = LightstreamMemory.create();

    /** Fails where anything was not released. */
    @AfterEach
    void closeMemory() {
        memory.close();
    }

    static List<Path> goldenStreams() {
        return TestCorpora.golden(".stream");
    }

    @ParameterizedTest
    @MethodSource("goldenStreams")
    void readsWhatTheStreamReaderReads(Path source) throws IOException {
        byte[] bytes = Files.readAllBytes(source);
        try (ArrowBuf input = inMemory(bytes, 0);
                BatchReader expected = Ipc.openStream(bytes, memory.allocator());
                BatchReader found = open(input)) {
            assertThat(ReaderComparison.compare(expected, found)).isEmpty();
        }
    }

    @Test
    void batchesLieInTheInput() throws IOException {
        byte[] bytes = stream();
        try (ArrowBuf input = inMemory(bytes, 0);
                IpcMemoryReader reader = open(input)) {
            assertThat(reader.next()).isTrue();
            long before = memory.allocator().getAllocatedMemory();
            assertThat(addressOfIds(reader.batch()))
                    .isBetween(input.memoryAddress(), input.memoryAddress() + bytes.length);
            assertThat(reader.batch().aligned()).isTrue();
            assertThat(reader.next()).isTrue();
            assertThat(memory.allocator().getAllocatedMemory()).isEqualTo(before);
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void bodiesOffTheBoundariesAreCopiedToThem() throws IOException {
        byte[] bytes = stream();
        try (ArrowBuf input = inMemory(bytes, 8);
                IpcMemoryReader reader = open(input)) {
            assertThat(reader.next()).isTrue();
            assertThat(addressOfIds(reader.batch()) - input.memoryAddress())
                    .matches(distance -> distance < 0 || distance >= bytes.length + 8);
            assertThat(reader.batch().aligned()).isTrue();
            assertThat(reader.batch().column("id").getLong(2)).isEqualTo(3);
        }
    }

    @Test
    void takenBatchOutlivesReaderAndInput() throws IOException {
        RecordBatch taken;
        try (ArrowBuf input = inMemory(stream(), 0);
                IpcMemoryReader reader = open(input)) {
            reader.next();
            taken = reader.batch().take(memory.allocator());
        }
        try (taken) {
            assertThat(taken.column("id").getLong(0)).isEqualTo(1);
            assertThat(taken.column("kind").getString(1)).isEqualTo("b");
        }
    }

    @Test
    void everyCutIsADeclaredErrorOrTheEndBetweenTwoMessages() throws IOException {
        byte[] bytes = stream();
        int ends = 0;
        for (int length = 0; length < bytes.length; length++) {
            try (ArrowBuf input = inMemory(bytes, 0)) {
                input.writerIndex(length);
                ends += readsToTheEnd(input) ? 1 : 0;
            }
        }
        // Behind the schema, the dictionary and the two batches.
        assertThat(ends).isEqualTo(4);
    }

    private boolean readsToTheEnd(ArrowBuf input) throws IOException {
        try (IpcMemoryReader reader = open(input)) {
            while (reader.next()) {
                assertThat(reader.batch().rowCount()).isEqualTo(3);
            }
            return true;
        } catch (LightstreamException e) {
            return false;
        }
    }

    @Test
    void afterAnErrorTheReaderIsOfNoUse() throws IOException {
        byte[] bytes = stream();
        try (ArrowBuf input = inMemory(bytes, 0)) {
            input.writerIndex(bytes.length - 80);
            try (IpcMemoryReader reader = open(input)) {
                reader.next();
                assertThatThrownBy(reader::next)
                        .isInstanceOf(TruncatedStreamException.class)
                        .hasMessageStartingWith("[test @");
                assertThatIllegalStateException().isThrownBy(reader::next);
                assertThatIllegalStateException().isThrownBy(reader::batch);
            }
        }
    }

    @Test
    void nothingIsHeldWhereOpeningFails() throws IOException {
        try (ArrowBuf input = inMemory(stream(), 0)) {
            IpcReadOptions options = Ipc.READ.withColumns("missing");
            assertThatExceptionOfType(ColumnSelectionException.class)
                    .isThrownBy(() -> IpcMemoryReader.open(input, memory.allocator(), options));
            assertThat(memory.allocator().getChildAllocators()).isEmpty();
            assertThat(input.refCnt()).isEqualTo(1);
        }
    }

    private IpcMemoryReader open(ArrowBuf input) throws LightstreamException {
        return IpcMemoryReader.open(input, memory.allocator(), Ipc.READ);
    }

    private byte[] stream() {
        try (RecordBatch batch = RecordBatch.of(
                memory, int64("id", 1, 2, 3), utf8("name", "a", null, "c"), dictionary(utf8("kind", "a", "b", "a")))) {
            return Ipc.stream(batch, batch);
        }
    }

    /** The bytes in native memory, {@code shift} bytes behind a boundary. */
    private ArrowBuf inMemory(byte[] bytes, int shift) {
        ArrowBuf buffer = memory.allocator().buffer(shift + bytes.length);
        NativeMemory.copy(bytes, 0, buffer.memoryAddress() + shift, bytes.length);
        buffer.writerIndex(shift + bytes.length).readerIndex(shift);
        return buffer;
    }

    private static long addressOfIds(RecordBatch batch) {
        return batch.column("id").data().address(1);
    }
}
