package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What exceeds a limit, and what exceeds the allocator's. */
class ReadLimitsTest {
    private LightstreamMemory memory;

    @BeforeEach
    void open() {
        memory = LightstreamMemory.create();
    }

    @AfterEach
    void close() {
        memory.close();
    }

    /** Where everything is allowed, what no array holds still is not. */
    @Test
    void metadataHaveALargestSize() {
        ReadLimits limits = ReadLimits.defaults().withMaxMetadataBytes(Integer.MAX_VALUE);
        byte[] claimed = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(-1)
                .putInt(Integer.MAX_VALUE)
                .array();
        assertThatThrownBy(() -> open(Form.STREAM, claimed, memory.allocator(), Ipc.READ.withLimits(limits)))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage("[test @0] maxMetadataBytes: expected at most 2147483583, found 2147483647");
    }

    enum Form {
        STREAM,
        STREAM_BY_BYTES,
        FILE
    }

    private static byte[] encode(Form form, Compression compression, RecordBatch... batches) {
        IpcWriteOptions options =
                IpcWriteOptions.defaults().withDictionaryDeltas(true).withCompression(compression);
        Schema schema = batches[0].schema();
        return form == Form.FILE
                ? Ipc.file(schema, options, List.of(batches))
                : Ipc.stream(schema, options, List.of(batches));
    }

    private static BatchReader open(Form form, byte[] bytes, BufferAllocator allocator, IpcReadOptions options)
            throws IOException {
        InMemoryFile input = new InMemoryFile(bytes, form == Form.STREAM_BY_BYTES ? 1 : Integer.MAX_VALUE);
        return form == Form.FILE
                ? IpcFileReader.open(input, allocator, options)
                : IpcStreamReader.open(input.asStream(), allocator, options);
    }

    private void readAll(Form form, byte[] bytes, BufferAllocator allocator, UnaryOperator<ReadLimits> limits)
            throws IOException {
        IpcReadOptions options = Ipc.READ.withLimits(limits.apply(Ipc.READ.limits()));
        long before = memory.allocator().getAllocatedMemory();
        try (BatchReader reader = open(form, bytes, allocator, options)) {
            while (reader.next()) {
                assertThat(reader.batch().aligned()).isTrue();
            }
        } finally {
            assertThat(memory.allocator().getAllocatedMemory()).isEqualTo(before);
        }
    }

    private void requireLimit(Form form, byte[] bytes, String name, UnaryOperator<ReadLimits> limits) {
        assertThatThrownBy(() -> readAll(form, bytes, memory.allocator(), limits))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageStartingWith("[test @")
                .hasMessageContaining(name)
                .satisfies(e -> assertThat(((LimitExceededException) e).requested())
                        .isGreaterThan(((LimitExceededException) e).limit()));
    }

    @ParameterizedTest
    @EnumSource
    void everyLimitIsKept(Form form) throws IOException {
        Field nested = Field.of("v", new DataType.ListType(), Field.of("item", new DataType.Int(32, true)));
        byte[] bytes;
        try (RecordBatch batch =
                Tables.column(memory.allocator(), nested, List.of(1, 2), List.of(), List.of(3, 4, 5))) {
            bytes = encode(form, Compression.NONE, batch);
        }
        readAll(
                form,
                bytes,
                memory.allocator(),
                limits ->
                        limits.withMaxRows(3).withMaxFields(2).withMaxNesting(2).withMaxBodyBytes(256));
        requireLimit(form, bytes, "maxRows", limits -> limits.withMaxRows(2));
        requireLimit(form, bytes, "maxFields", limits -> limits.withMaxFields(1));
        requireLimit(form, bytes, "maxNesting", limits -> limits.withMaxNesting(1));
        requireLimit(form, bytes, "maxBodyBytes", limits -> limits.withMaxBodyBytes(64));
        requireLimit(form, bytes, "maxMetadataBytes", limits -> limits.withMaxMetadataBytes(64));
    }

    @Test
    void blocksOfAFooterAreLimited() throws IOException {
        byte[] bytes;
        try (RecordBatch batch = Tables.column(memory.allocator(), Tables.INT, 1)) {
            bytes = encode(Form.FILE, Compression.NONE, batch, batch, batch);
        }
        requireLimit(Form.FILE, bytes, "maxBlocks", limits -> limits.withMaxBlocks(2));
    }

    /** A kilobyte that decompresses to megabytes. */
    @ParameterizedTest
    @EnumSource
    void decompressedBodiesAreLimited(Form form) throws IOException {
        byte[] bytes;
        try (RecordBatch batch = Tables.column(
                memory.allocator(),
                Tables.INT,
                IntStream.range(0, 100_000).mapToObj(i -> 0).toArray())) {
            bytes = encode(form, Compression.ZSTD, batch);
        }
        assertThat(bytes.length).isLessThan(10_000);
        readAll(form, bytes, memory.allocator(), limits -> limits.withMaxBodyBytes(500_000));
        requireLimit(form, bytes, "maxBodyBytes", limits -> limits.withMaxBodyBytes(300_000));
    }

    /** Wherever the allocator says no, the reader says so and holds nothing. */
    @ParameterizedTest
    @EnumSource
    void theLimitOfTheAllocatorIsADeclaredError(Form form) throws IOException {
        for (Compression compression : List.of(Compression.NONE, Compression.LZ4_FRAME)) {
            byte[] bytes = dictionaries(form, compression);
            boolean enough = false;
            int refused = 0;
            for (long limit = 64; !enough; limit = limit * 5 / 4) {
                try (BufferAllocator tight = memory.newChild("tight", limit)) {
                    readAll(form, bytes, tight, limits -> limits);
                    enough = true;
                } catch (LimitExceededException e) {
                    assertThat(e).hasMessageStartingWith("[test @").hasMessageContaining("memory of allocator");
                    refused++;
                }
            }
            assertThat(refused).isGreaterThan(10);
        }
    }

    /** All values of 4 bytes each, not what the delta alone takes. */
    @ParameterizedTest
    @EnumSource
    void aDeltaNeedsMemoryForAllValues(Form form) throws IOException {
        byte[] bytes = growing(form, 1000, 10);
        Set<Long> requested = new TreeSet<>();
        boolean enough = false;
        for (long limit = 4096; !enough; limit += 64) {
            try (BufferAllocator tight = memory.newChild("tight", limit)) {
                readAll(form, bytes, tight, limits -> limits);
                enough = true;
            } catch (LimitExceededException e) {
                requested.add(e.requested());
            }
        }
        assertThat(requested).contains(1010L * Integer.BYTES).allMatch(each -> each <= 1010L * Integer.BYTES);
    }

    /** Two batches, the second of which adds values to a dictionary. */
    private byte[] growing(Form form, int first, int more) {
        Field field = Tables.dictionary(Tables.INT, 5, 32, true);
        try (BatchBuilder builder = BatchBuilder.create(Schema.of(field), memory)) {
            List<RecordBatch> batches = new ArrayList<>();
            for (int[] range : new int[][] {{0, first}, {first, first + more}}) {
                IntStream.range(range[0], range[1])
                        .forEach(value -> builder.column(0).appendValue(value));
                batches.add(builder.finish());
            }
            IpcWriteOptions options =
                    IpcWriteOptions.defaults().withDictionaryDeltas(true).withWholeDictionaries(false);
            byte[] bytes = form == Form.FILE
                    ? Ipc.file(Schema.of(field), options, batches)
                    : Ipc.stream(Schema.of(field), options, batches);
            batches.forEach(RecordBatch::close);
            return bytes;
        }
    }

    private byte[] dictionaries(Form form, Compression compression) {
        Field field = Tables.dictionary(Tables.TEXT, 5, 32, true);
        try (BatchBuilder builder = BatchBuilder.create(Schema.of(field), memory)) {
            List<RecordBatch> batches = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                for (int row = 0; row < 3000; row++) {
                    builder.column(0).appendValue("value " + row % 1000 * (i + 1));
                }
                batches.add(builder.finish());
            }
            byte[] bytes = encode(form, compression, batches.toArray(new RecordBatch[0]));
            batches.forEach(RecordBatch::close);
            return bytes;
        }
    }
}
