package io.lightstream.codec.ipc;

import static io.lightstream.codec.ipc.Tables.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.ColumnSelectionException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.frame.FrameReader;
import io.lightstream.codec.frame.FrameReaderOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Some columns of many, batches in any order, several streams one after another. */
class ProjectionReadTest {
    private static final int ROWS = 20_000;
    private static final Schema SCHEMA = Schema.of(
            Field.of("a", new DataType.Int(64, true)),
            Field.of("b", new DataType.Utf8()),
            Field.of("c", new DataType.Int(32, true)),
            Tables.dictionary(Tables.TEXT.withName("d"), 3, 32, true));

    private LightstreamMemory memory;
    private List<RecordBatch> batches;

    @BeforeEach
    void open() {
        memory = LightstreamMemory.create();
        batches = new ArrayList<>();
        try (BatchBuilder builder = BatchBuilder.create(SCHEMA, memory)) {
            for (int batch = 0; batch < 3; batch++) {
                for (int row = 0; row < ROWS; row++) {
                    builder.appendRow((long) row, "text " + row, row * (batch + 1), "d" + row % 7);
                }
                batches.add(builder.finish());
            }
        }
    }

    @AfterEach
    void close() {
        batches.forEach(RecordBatch::close);
        memory.close();
    }

    private byte[] file() {
        return Ipc.file(SCHEMA, IpcWriteOptions.defaults(), batches);
    }

    @Test
    void onlyTheWantedBytesOfAFileAreRead() throws IOException {
        InMemoryFile input = new InMemoryFile(file());
        IpcReadOptions options = Ipc.READ.withColumns("c");
        try (IpcFileReader reader = IpcFileReader.open(input, memory.allocator(), options)) {
            assertThat(reader.schema()).isEqualTo(SCHEMA.select(2));
            assertThat(reader.footer().schema()).isEqualTo(SCHEMA);
            for (Footer.Block block : reader.footer().recordBatches()) {
                assertThat(input.given(block.offset(), block.end())).isZero();
            }
            try (RecordBatch last = reader.read(2)) {
                assertThat(texts(last.column("c")))
                        .isEqualTo(texts(batches.get(2).column("c")));
            }
            List<Footer.Block> blocks = reader.footer().recordBatches();
            assertThat(input.given(blocks.get(0).offset(), blocks.get(1).end())).isZero();
            Footer.Block read = blocks.get(2);
            assertThat(input.given(read.bodyOffset(), read.end())).isBetween(ROWS * 4, ROWS * 4 + 64);
            Footer.Block dictionary = reader.footer().dictionaries().get(0);
            assertThat(input.given(dictionary.bodyOffset(), dictionary.end())).isZero();
        }
    }

    /** Memory is taken for the wanted columns only, in the order in which they were asked for. */
    @ParameterizedTest
    @ValueSource(ints = {1, 1000, Integer.MAX_VALUE})
    void otherColumnsOfAStreamAreSkipped(int chunk) throws IOException {
        byte[] stream = Ipc.stream(SCHEMA, IpcWriteOptions.defaults(), batches);
        IpcReadOptions options = Ipc.READ.withColumns("d", "a");
        long before = memory.allocator().getAllocatedMemory();
        try (IpcStreamReader reader =
                IpcStreamReader.open(new InMemoryFile(stream, chunk).asStream(), memory.allocator(), options)) {
            assertThat(reader.schema()).isEqualTo(SCHEMA.select(3, 0));
            for (RecordBatch expected : batches) {
                assertThat(reader.next()).isTrue();
                assertThat(memory.allocator().getAllocatedMemory() - before).isLessThan(ROWS * 16);
                assertThat(texts(reader.batch().column(0))).isEqualTo(texts(expected.column(3)));
                assertThat(texts(reader.batch().column(1))).isEqualTo(texts(expected.column(0)));
                assertThat(reader.batch().aligned()).isTrue();
            }
            assertThat(reader.next()).isFalse();
            assertThat(reader.copiedBytes() + reader.directBytes()).isLessThan(stream.length * 3L / 4);
        }
    }

    @Test
    void noColumnsAtAllStillHaveRows() throws IOException {
        byte[] stream = Ipc.stream(SCHEMA, IpcWriteOptions.defaults(), batches);
        try (IpcStreamReader reader =
                IpcStreamReader.open(new InMemoryFile(stream), memory.allocator(), Ipc.READ.withColumns())) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.batch().rowCount()).isEqualTo(ROWS);
            assertThat(reader.batch().columnCount()).isZero();
        }
        InMemoryFile input = new InMemoryFile(file());
        try (IpcFileReader reader = IpcFileReader.open(input, memory.allocator(), Ipc.READ.withColumns())) {
            reader.read(1).close();
            Footer.Block block = reader.footer().recordBatches().get(1);
            assertThat(input.given(block.bodyOffset(), block.end())).isZero();
        }
    }

    @Test
    void positionsAreThoseOfTheMessages() throws IOException {
        byte[] stream = Ipc.stream(SCHEMA, IpcWriteOptions.defaults(), batches);
        try (IpcStreamReader reader = Ipc.openStream(stream, memory.allocator())) {
            // Message 1 is the dictionary.
            for (int i = 0; i < batches.size(); i++) {
                assertThat(reader.next()).isTrue();
                assertThat(reader.position())
                        .isEqualTo(Patch.of(stream, 2 + i).position())
                        .isEqualTo(stream.length
                                - 8
                                - (batches.size() - i)
                                        * (Patch.of(stream, 2).end()
                                                - (long) Patch.of(stream, 2).position()));
            }
        }
    }

    /** One stream behind the other, the second with another schema, and every message with its position. */
    @Test
    void streamsFollowEachOther() throws IOException {
        byte[] first = Ipc.stream(batches.get(0));
        byte[] second;
        try (RecordBatch batch = Tables.column(memory.allocator(), Tables.INT, 1, 2)) {
            second = Ipc.stream(batch);
        }
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(first);
        both.write(second);
        try (BufferAllocator child = memory.newChild("both")) {
            IpcStreamDecoder decoder = new IpcStreamDecoder(child, Ipc.READ);
            try (FrameReader<IpcMessage> frames = FrameReader.open(
                    new InMemoryFile(both.toByteArray(), 777), decoder, FrameReaderOptions.defaults())) {
                try (IpcStreamReader reader =
                        IpcStreamReader.next(frames, decoder, "test").orElseThrow()) {
                    assertThat(reader.next()).isTrue();
                    assertThat(reader.batch().rowCount()).isEqualTo(ROWS);
                    assertThat(reader.next()).isFalse();
                    assertThat(reader.isEnded()).isTrue();
                }
                try (IpcStreamReader reader =
                        IpcStreamReader.next(frames, decoder, "test").orElseThrow()) {
                    assertThat(reader.schema()).isEqualTo(Schema.of(Tables.INT));
                    assertThat(reader.next()).isTrue();
                    assertThat(reader.position())
                            .isEqualTo(first.length + Patch.of(second, 1).position());
                    assertThat(texts(reader.batch().column(0))).containsExactly("1", "2");
                    assertThat(reader.next()).isFalse();
                }
                assertThat(IpcStreamReader.next(frames, decoder, "test")).isEmpty();
            }
        }
    }

    @Test
    void aStreamBeginsWhereTheOneBeforeWasReadToItsEnd() throws IOException {
        byte[] stream = Ipc.stream(batches.get(0));
        try (BufferAllocator child = memory.newChild("unread")) {
            IpcStreamDecoder decoder = new IpcStreamDecoder(child, Ipc.READ);
            try (FrameReader<IpcMessage> frames =
                            FrameReader.open(new InMemoryFile(stream, 777), decoder, FrameReaderOptions.defaults());
                    IpcStreamReader unread =
                            IpcStreamReader.next(frames, decoder, "test").orElseThrow()) {
                assertThat(unread.isEnded()).isFalse();
                int messages = 0;
                for (; !(frames.frame() instanceof IpcMessage.EndOfStream); messages++) {
                    assertThatThrownBy(() -> IpcStreamReader.next(frames, decoder, "test"))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("the stream before was not read to its end");
                }
                assertThat(messages).isGreaterThan(1);
                assertThat(IpcStreamReader.next(frames, decoder, "test")).isEmpty();
            }
        }
    }

    /** The schema is the peer's: it may be another one than was expected. */
    @Test
    void columnsThatAreNotThereAreADeclaredError() {
        byte[] stream = Ipc.stream(SCHEMA, IpcWriteOptions.defaults(), batches);
        IpcReadOptions options = Ipc.READ.withColumns("a", "nobody");
        String says = "column 'nobody': expected one of [a, b, c, d], found none";
        assertThatThrownBy(() -> IpcStreamReader.open(new InMemoryFile(stream), memory.allocator(), options))
                .isInstanceOfSatisfying(
                        ColumnSelectionException.class,
                        e -> assertThat(e.column()).isEqualTo("nobody"))
                .hasMessage("[test @0] " + says);
        assertThatThrownBy(() -> IpcFileReader.open(new InMemoryFile(file()), memory.allocator(), options))
                .isInstanceOf(ColumnSelectionException.class)
                .hasMessageContaining(says);
        try (IpcMessageDecoder decoder = IpcMessageDecoder.open(memory.allocator(), options)) {
            assertThatThrownBy(() -> decoder.decode(ByteBuffer.wrap(stream)))
                    .isInstanceOf(ColumnSelectionException.class)
                    .hasMessage("[test @0] " + says);
        }
    }

    @Test
    void columnsThatAreThereTwiceAreADeclaredError() {
        Schema twice = new Schema(Collections.nCopies(2, Tables.INT), Map.of());
        byte[] stream = Ipc.stream(twice, IpcWriteOptions.defaults(), List.of());
        IpcReadOptions options = Ipc.READ.withColumns("v");
        assertThatThrownBy(() -> IpcStreamReader.open(new InMemoryFile(stream), memory.allocator(), options))
                .isInstanceOf(ColumnSelectionException.class)
                .hasMessage("[test @0] column 'v': expected one of that name, found 2");
    }

    /** One stream behind the other, of which only the first has the column. */
    @Test
    void laterStreamsOfAConnectionMayLackAColumn() throws IOException {
        byte[] first = Ipc.stream(batches.get(0));
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(first);
        both.write(Ipc.stream(Schema.of(Tables.INT), IpcWriteOptions.defaults(), List.of()));
        try (BufferAllocator child = memory.newChild("both")) {
            IpcStreamDecoder decoder = new IpcStreamDecoder(child, Ipc.READ.withColumns("a"));
            try (FrameReader<IpcMessage> frames =
                    FrameReader.open(new InMemoryFile(both.toByteArray()), decoder, FrameReaderOptions.defaults())) {
                try (IpcStreamReader reader =
                        IpcStreamReader.next(frames, decoder, "test").orElseThrow()) {
                    while (reader.next()) {
                        assertThat(reader.batch().rowCount()).isEqualTo(ROWS);
                    }
                }
                assertThatThrownBy(() -> IpcStreamReader.next(frames, decoder, "test"))
                        .isInstanceOf(ColumnSelectionException.class)
                        .hasMessage("[test @" + first.length + "] column 'a': expected one of [v], found none");
            }
        }
    }
}
