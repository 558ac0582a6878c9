package io.lightstream.codec.ipc;

import static io.lightstream.codec.build.Columns.dictionary;
import static io.lightstream.codec.build.Columns.float64;
import static io.lightstream.codec.build.Columns.int32;
import static io.lightstream.codec.build.Columns.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.Columns;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.frame.GatheringOutput;
import io.lightstream.codec.frame.GatheringOutputOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.CompressionType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What streams and files look like on the outside, and how their writers end. */
class IpcWritersTest {
    private final LightstreamMemory memory = LightstreamMemory.create();

    @TempDir
    Path folder;

    @AfterEach
    void nothingIsHeld() {
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
    }

    private RecordBatch batch() {
        return Columns.batch(
                memory.allocator(),
                int32("id", 1, null, 3),
                float64("price", 0.5, 1.5, 2.5),
                utf8("name", "a", null, "something longer"),
                dictionary(utf8("city", "Bern", "Bern", "Thun")));
    }

    private RecordBatch wide(int rows) {
        int[] ids = new int[rows];
        double[] prices = new double[rows];
        for (int i = 0; i < rows; i++) {
            ids[i] = i / 100;
            prices[i] = i / 3.0;
        }
        return Columns.batch(memory.allocator(), int32("id", ids), float64("price", prices));
    }

    @Test
    void batchesOfOneShapeShareMetadataButNotNumbers() throws IOException {
        ByteSink sink = new ByteSink();
        try (RecordBatch batch = batch();
                RecordBatch slice = batch.slice(1, 1);
                IpcStreamWriter out = IpcStreamWriter.open(sink, batch.schema(), IpcWriteOptions.defaults())) {
            out.write(batch);
            out.write(slice);
            out.write(batch);
        }
        List<MessageWalk.Step> steps = MessageWalk.walk(sink.toBytes(), 0);
        assertThat(steps.stream().map(MessageWalk.Step::kind))
                .containsExactly("schema", "dictionary", "batch", "batch", "batch");
        assertThat(steps.get(2).batch().length()).isEqualTo(3);
        assertThat(steps.get(2).batch().nodes(0).nullCount()).isEqualTo(1);
        assertThat(steps.get(2).batch().buffers(0).length()).isEqualTo(1);
        assertThat(steps.get(2).batch().buffers(2).length())
                .as("validity of a column without nulls")
                .isZero();
        assertThat(steps.get(3).batch().length()).isEqualTo(1);
        assertThat(steps.get(3).batch().buffers(1).length()).isEqualTo(4);
        assertThat(steps.get(4).metadataLength()).isEqualTo(steps.get(2).metadataLength());
        assertThat(steps.get(4).body()).isEqualTo(steps.get(2).body());
    }

    @Test
    void metadataOfMessages() throws IOException {
        ByteSink sink = new ByteSink();
        Map<String, String> metadata = Map.of("sequence", "42", "größe", "7 €");
        try (RecordBatch plain = batch();
                RecordBatch batch = plain.withMetadata(metadata)) {
            try (IpcStreamWriter out = IpcStreamWriter.open(sink, plain.schema(), IpcWriteOptions.defaults())) {
                out.write(plain);
                out.write(batch);
                out.write(plain);
            }
            try (BatchReader in = IpcStreamReader.open(sink.reopen(), memory.allocator(), IpcReadOptions.defaults())) {
                List<Map<String, String>> found = new ArrayList<>();
                while (in.next()) {
                    found.add(in.batch().metadata());
                }
                assertThat(found).containsExactly(Map.of(), metadata, Map.of());
            }
        }
    }

    @Test
    void compressedBuffersSayHowLongTheyWere() throws IOException {
        ByteSink sink = new ByteSink();
        try (RecordBatch batch = wide(10_000);
                IpcStreamWriter out = IpcStreamWriter.open(
                        sink, batch.schema(), IpcWriteOptions.defaults().withCompression(Compression.LZ4_FRAME))) {
            out.write(batch);
        }
        MessageWalk.Step step = MessageWalk.walk(sink.toBytes(), 0).get(1);
        assertThat(step.batch().compression().codec()).isEqualTo(CompressionType.LZ4_FRAME);
        ByteBuffer body = step.body().order(java.nio.ByteOrder.LITTLE_ENDIAN);
        int ids = (int) step.batch().buffers(1).offset();
        assertThat(body.getLong(ids)).isEqualTo(40_000);
        assertThat(step.batch().buffers(1).length()).isLessThan(40_000);
    }

    @Test
    void largeAndSmallBuffersArriveInOrder() throws IOException {
        ByteSink sink = new ByteSink();
        int[] sizes = {0, 1, 100, 4_096, 20_000, 300_000, 3};
        try (IpcStreamWriter out = open(sink)) {
            for (int size : sizes) {
                try (RecordBatch batch = wide(size)) {
                    out.write(batch);
                }
            }
        }
        MessageWalk.walk(sink.toBytes(), 0);
        try (BatchReader in = IpcStreamReader.open(sink.reopen(), memory.allocator(), IpcReadOptions.defaults())) {
            for (int size : sizes) {
                assertThat(in.next()).isTrue();
                try (RecordBatch expected = wide(size)) {
                    assertThat(BatchComparison.compare(expected, in.batch())).isEmpty();
                }
            }
        }
    }

    private IpcStreamWriter open(ByteSink sink) throws IOException {
        try (RecordBatch batch = wide(0)) {
            return IpcStreamWriter.open(sink, batch.schema(), IpcWriteOptions.defaults());
        }
    }

    @Test
    void footerListsWhatWasWritten() throws IOException {
        ByteSink sink = new ByteSink();
        Footer written;
        try (RecordBatch batch = batch();
                IpcFileWriter out = IpcFileWriter.open(sink, batch.schema(), IpcWriteOptions.defaults())) {
            out.write(batch);
            Footer.Block first = out.lastMessage();
            assertThat(out.position()).isEqualTo(first.end());
            out.write(batch);
            written = out.finish(Map.of("origin", "test"));
            assertThat(written.recordBatches()).containsExactly(first, out.lastMessage());
            assertThatThrownBy(() -> out.write(batch)).isInstanceOf(IllegalStateException.class);
        }
        List<MessageWalk.Step> steps = MessageWalk.walk(sink.toBytes(), 8);
        assertThat(written.dictionaries()).hasSize(1);
        assertThat(written.recordBatches().get(1).offset())
                .isEqualTo(steps.get(3).offset());
        assertThat(written.recordBatches().get(1).offset() % 64).isZero();
        Path path = Files.write(folder.resolve("file.arrow"), sink.toBytes());
        try (IpcFileReader in =
                IpcFileReader.open(FileChannel.open(path), memory.allocator(), IpcReadOptions.defaults())) {
            assertThat(in.footer()).isEqualTo(written);
        }
    }

    @Test
    void fileWithoutBatchesIsAFile() throws IOException {
        ByteSink sink = new ByteSink();
        try (RecordBatch batch = batch()) {
            IpcFileWriter.open(sink, batch.schema(), IpcWriteOptions.defaults()).close();
            Path path = Files.write(folder.resolve("empty.arrow"), sink.toBytes());
            try (IpcFileReader in =
                    IpcFileReader.open(FileChannel.open(path), memory.allocator(), IpcReadOptions.defaults())) {
                assertThat(in.schema()).isEqualTo(batch.schema());
                assertThat(in.next()).isFalse();
            }
        }
    }

    @Test
    void otherSchemaIsRefusedAndTheStreamGoesOn() throws IOException {
        ByteSink sink = new ByteSink();
        try (RecordBatch batch = batch();
                RecordBatch other = wide(3);
                IpcStreamWriter out = IpcStreamWriter.open(sink, batch.schema(), IpcWriteOptions.defaults())) {
            assertThatThrownBy(() -> out.write(other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("price: float64");
            out.write(batch);
        }
        assertThat(MessageWalk.kinds(sink.toBytes(), 0)).containsExactly("schema", "dictionary", "batch");
    }

    @Test
    void failedSinkEndsTheWriterWithoutAFooter() throws IOException {
        ByteSink sink = new ByteSink(100_000);
        try (RecordBatch batch = wide(20_000)) {
            IpcFileWriter out = IpcFileWriter.open(sink, batch.schema(), IpcWriteOptions.defaults());
            assertThatThrownBy(() -> out.write(batch)).hasMessage("no space left");
            assertThatThrownBy(() -> out.write(batch)).isInstanceOf(IllegalStateException.class);
            out.close();
            out.close();
            assertThatThrownBy(() -> out.write(batch)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(sink.isOpen()).isFalse();
    }

    @Test
    void failedOpenClosesTheChannel() {
        ByteSink sink = new ByteSink(0);
        try (RecordBatch batch = wide(1)) {
            IpcWriteOptions tiny = IpcWriteOptions.defaults().withStagingBytes(8);
            assertThatThrownBy(() -> IpcStreamWriter.open(sink, batch.schema(), tiny))
                    .hasMessage("no space left");
        }
        assertThat(sink.isOpen()).isFalse();
    }

    @Test
    void streamsFollowEachOtherOnOneOutput() throws IOException {
        ByteSink sink = new ByteSink();
        try (GatheringOutput output = GatheringOutput.open(sink, GatheringOutputOptions.defaults());
                RecordBatch batch = batch()) {
            output.write(ByteBuffer.wrap(new byte[3]));
            try (IpcStreamWriter out = IpcStreamWriter.over(output, batch.schema(), IpcWriteOptions.defaults())) {
                out.write(batch);
                assertThat(out.lastMessage().offset() % 64).isZero();
            }
            assertThat(sink.isOpen()).isTrue();
        }
        byte[] bytes = sink.toBytes();
        byte[] stream = java.util.Arrays.copyOfRange(bytes, 3, bytes.length);
        assertThat(MessageWalk.kinds(stream, 0)).containsExactly("schema", "dictionary", "batch");
    }
}
