package io.lightstream.codec.ipc;

import static io.lightstream.codec.build.Columns.int64;
import static io.lightstream.codec.build.Columns.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.BufferRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.ArrowBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of a body in memory only those buffers are copied that cannot be used where they lie. */
class InPlaceBodyTest {
    private static final int PREFIX_BYTES = 8;

    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void closeMemory() {
        memory.close();
    }

    private ArrowBuf inMemory(byte[] bytes, int shift) {
        ArrowBuf buffer = memory.allocator().buffer(shift + bytes.length);
        NativeMemory.copy(bytes, 0, buffer.memoryAddress() + shift, bytes.length);
        buffer.writerIndex(shift + bytes.length).readerIndex(shift);
        return buffer;
    }

    private static boolean isInside(ArrowBuf input, ColumnData data, int buffer) {
        long at = data.address(buffer) - input.memoryAddress();
        return at >= 0 && at <= input.capacity() - data.length(buffer);
    }

    private static ColumnData column(RecordBatch batch, String name) {
        return batch.column(name).data();
    }

    @Test
    void alignedBuffersStayAndOthersAreCopied() throws IOException {
        for (int shift : new int[] {0, 8, 16, 63}) {
            try (RecordBatch batch = RecordBatch.of(memory, int64("id", 1, 2), utf8("name", "a", "b"));
                    ArrowBuf input = inMemory(Ipc.stream(batch), shift);
                    IpcMemoryReader reader = IpcMemoryReader.open(input, memory.allocator(), Ipc.READ)) {
                assertThat(reader.next()).isTrue();
                for (int buffer = 1; buffer <= 2; buffer++) {
                    assertThat(isInside(input, column(reader.batch(), "name"), buffer))
                            .isEqualTo(shift == 0);
                }
                assertThat(reader.batch().aligned()).isTrue();
                assertThat(reader.batch().column("name").getString(1)).isEqualTo("b");
            }
        }
    }

    /** Buffers that compression would have made longer are stored behind the length -1, where they stay if that is aligned. */
    @Test
    void ofCompressedBuffersThoseThatAreStoredAreReadAsTheyLie() throws IOException {
        long[] noise = new Random(1).longs(1_000).toArray();
        for (Compression compression : List.of(Compression.LZ4_FRAME, Compression.ZSTD)) {
            IpcWriteOptions options = IpcWriteOptions.defaults().withCompression(compression);
            try (RecordBatch batch = RecordBatch.of(memory, int64("noise", noise), int64("zeros", new long[1_000]));
                    // The bytes behind the prefix begin on a 64-byte boundary then.
                    ArrowBuf input = inMemory(Ipc.stream(batch.schema(), options, List.of(batch)), 64 - PREFIX_BYTES);
                    IpcMemoryReader reader = IpcMemoryReader.open(input, memory.allocator(), Ipc.READ)) {
                assertThat(reader.next()).isTrue();
                RecordBatch found = reader.batch();
                assertThat(isInside(input, column(found, "noise"), 1)).isTrue();
                assertThat(isInside(input, column(found, "zeros"), 1)).isFalse();
                assertThat(found.aligned()).isTrue();
                assertThat(found.column("noise").longs().get(999)).isEqualTo(noise[999]);
                assertThat(found.column("zeros").longs().get(999)).isZero();
            }
        }
    }

    static List<Path> bigEndianStreams() {
        return TestCorpora.golden(".stream").stream()
                .filter(path -> path.toString().contains("bigendian"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("bigEndianStreams")
    void ofBigEndianBodiesBitsAndBytesStay(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        try (ArrowBuf input = inMemory(bytes, 0);
                IpcMemoryReader reader = IpcMemoryReader.open(input, memory.allocator(), Ipc.READ)) {
            while (reader.next()) {
                for (Column column : reader.batch().columns()) {
                    check(input, column.data());
                }
            }
            for (int i = 0; i < bytes.length; i++) {
                assertThat(input.getByte(i)).isEqualTo(bytes[i]);
            }
        }
    }

    private static void check(ArrowBuf input, ColumnData data) {
        List<BufferRole> roles = data.field().layout().buffers();
        for (int i = 0; i < roles.size(); i++) {
            BufferRole role = roles.get(i);
            if (data.length(i) > 0 && isInside(input, data, i)) {
                assertThat(role).isNotIn(BufferRole.OFFSETS);
            }
        }
        data.children().forEach(child -> check(input, child.data()));
    }
}
