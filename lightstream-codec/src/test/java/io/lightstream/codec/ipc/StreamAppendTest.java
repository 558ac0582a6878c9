package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.compare.ReaderComparison;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams in files that are gone on with, ended or torn. */
class StreamAppendTest {
    private final LightstreamMemory memory = LightstreamMemory.create();

    @TempDir
    Path folder;

    @AfterEach
    void nothingIsHeld() {
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
    }

    private byte[] append(LogTables tables, byte[] stream, int from, int to) throws IOException {
        MemoryChannel channel = new MemoryChannel(stream);
        try (IpcStreamWriter writer = IpcStreamWriter.append(channel, tables.appending())) {
            tables.write(writer, from, to, memory);
            assertThat(writer.lastMessage().end()).isEqualTo(writer.position());
        }
        return channel.toBytes();
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWhereTheLastWholeMessageEnds(LogTables tables) throws IOException {
        byte[] whole = tables.stream(0, 3, memory);
        List<MessageWalk.Step> steps = MessageWalk.walk(whole, 0);
        int schemaEnd = steps.get(1).offset();
        for (int size = schemaEnd; size < whole.length; size += Math.min(32, whole.length - size)) {
            byte[] torn = Arrays.copyOf(whole, size);
            int kept = keptBytes(steps, whole.length - 8, size);
            int batches = (int) steps.stream()
                    .filter(step -> step.kind().equals("batch") && end(step) <= kept)
                    .count();
            byte[] appended = append(tables, torn, batches, 4);
            assertThat(Arrays.copyOf(appended, kept)).isEqualTo(Arrays.copyOf(whole, kept));
            try (IpcStreamReader reader = Ipc.openStream(appended, memory.allocator())) {
                tables.assertHas(4, reader, memory);
            }
            MessageWalk.walk(appended, 0);
        }
    }

    private static int end(MessageWalk.Step step) {
        return step.offset() + step.metadataLength() + step.body().capacity();
    }

    private static int keptBytes(List<MessageWalk.Step> steps, int streamEnd, int size) {
        int kept = 0;
        for (MessageWalk.Step step : steps) {
            int end =
                    step.offset() + step.metadataLength() + (int) step.message().bodyLength();
            kept = end <= size ? end : kept;
        }
        return Math.min(kept, streamEnd);
    }

    @Test
    void withoutABatchTheStreamStaysAsItIs() throws IOException {
        byte[] whole = LogTables.DICTIONARY.stream(0, 2, memory);
        for (int cut : new int[] {0, 3, 8, 100}) {
            MemoryChannel channel = new MemoryChannel(Arrays.copyOf(whole, whole.length - cut));
            IpcStreamWriter.append(channel, LogTables.DICTIONARY.appending()).close();
            assertThat(channel.changes()).isZero();
            assertThat(channel.isOpen()).isFalse();
        }
    }

    @Test
    void anEmptyFileBeginsIfTheSchemaIsKnown() throws IOException {
        LogTables tables = LogTables.TEXT;
        byte[] whole = tables.stream(0, 2, memory);
        for (int size : new int[] {0, 3, 100}) {
            MemoryChannel refused = new MemoryChannel(Arrays.copyOf(whole, size));
            assertThatThrownBy(() -> IpcStreamWriter.append(refused, tables.appending()))
                    .isInstanceOf(MalformedStreamException.class)
                    .hasMessageContaining("a schema to begin with");
            MemoryChannel channel = new MemoryChannel(Arrays.copyOf(whole, size));
            try (IpcStreamWriter writer =
                    IpcStreamWriter.append(channel, tables.appending().withSchema(tables.schema()))) {
                tables.write(writer, 0, 2, memory);
            }
            assertThat(channel.toBytes()).isEqualTo(whole);
        }
    }

    @Test
    void whatIsNoStreamIsRefused() {
        byte[] file = LogTables.TEXT.file(0, 1, memory);
        byte[] stream = LogTables.TEXT.stream(0, 1, memory);
        byte[] two = Arrays.copyOf(stream, 2 * stream.length);
        System.arraycopy(stream, 0, two, stream.length, stream.length);
        byte[] image = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
        for (byte[] bytes : List.of(file, two, image)) {
            MemoryChannel channel = new MemoryChannel(bytes);
            assertThatThrownBy(() -> IpcStreamWriter.append(channel, LogTables.TEXT.appending()))
                    .isInstanceOf(MalformedStreamException.class);
            assertThat(channel.changes()).isZero();
            assertThat(channel.isOpen()).isFalse();
        }
        MemoryChannel other = new MemoryChannel(stream);
        assertThatThrownBy(() ->
                        IpcStreamWriter.append(other, LogTables.TEXT.appending().withSchema(LogTables.VIEWS.schema())))
                .hasMessageContaining("type of field 't': expected utf8_view, found utf8");
    }

    /** Data that a length of metadata can be read out of, and which would be lost if they were taken for a torn schema. */
    static Stream<byte[]> otherData() {
        byte[] gzip = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 75, 4, 0};
        return Stream.of(gzip, new byte[] {'a'}, new byte[] {(byte) 0xFF, (byte) 0xFE, 'a'}, new byte[] {
            100, 0, 0, 0, 16, 0, 0, 0
        });
    }

    @ParameterizedTest
    @MethodSource("otherData")
    void otherDataAreNoTornSchema(byte[] data) {
        MemoryChannel channel = new MemoryChannel(data);
        assertThatThrownBy(() -> IpcStreamWriter.append(
                        channel, LogTables.TEXT.appending().withSchema(LogTables.TEXT.schema())))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageContaining(" @0] ")
                .hasMessageContaining("expected a message that is not whole");
        assertThat(channel.toBytes()).isEqualTo(data);
        assertThat(channel.isOpen()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("otherData")
    void otherDataBehindAMessageAreNotCutOff(byte[] data) {
        byte[] whole = LogTables.TEXT.stream(0, 2, memory);
        int end = whole.length - MessageEncoder.endOfStream().remaining();
        byte[] bytes = Arrays.copyOf(whole, end + data.length);
        System.arraycopy(data, 0, bytes, end, data.length);
        MemoryChannel channel = new MemoryChannel(bytes);
        assertThatThrownBy(() -> IpcStreamWriter.append(channel, LogTables.TEXT.appending()))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageContaining(" @" + end + "] ");
        assertThat(channel.toBytes()).isEqualTo(bytes);
    }

    /** What is left of a stream that lost its schema is no torn schema. */
    @Test
    void aTornBatchIsNoTornSchema() throws IOException {
        byte[] whole = LogTables.TEXT.stream(0, 2, memory);
        MessageWalk.Step batch = MessageWalk.walk(whole, 0).get(1);
        byte[] torn = Arrays.copyOfRange(whole, batch.offset(), end(batch) - 1);
        MemoryChannel channel = new MemoryChannel(torn);
        assertThatThrownBy(() -> IpcStreamWriter.append(
                        channel, LogTables.TEXT.appending().withSchema(LogTables.TEXT.schema())))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageContaining("expected a schema first");
        assertThat(channel.toBytes()).isEqualTo(torn);
    }

    /** Room that was made for a stream, or for more of it, holds nothing that could be lost. */
    @Test
    void zerosAreNothing() throws IOException {
        LogTables tables = LogTables.TEXT;
        byte[] whole = tables.stream(0, 2, memory);
        int end = whole.length - MessageEncoder.endOfStream().remaining();
        for (int zeros : new int[] {1, 3, 4, 100}) {
            MemoryChannel empty = new MemoryChannel(new byte[zeros]);
            try (IpcStreamWriter writer =
                    IpcStreamWriter.append(empty, tables.appending().withSchema(tables.schema()))) {
                tables.write(writer, 0, 2, memory);
            }
            assertThat(empty.toBytes()).isEqualTo(whole);
            byte[] appended = append(tables, Arrays.copyOf(Arrays.copyOf(whole, end), end + zeros), 2, 3);
            assertThat(Arrays.copyOf(appended, end)).isEqualTo(Arrays.copyOf(whole, end));
        }
    }

    /** What a writer leaves behind that gives a stream up begins as a message does. */
    @Test
    void goesOnWhereAWriterGaveUp() throws IOException {
        LogTables tables = LogTables.TEXT;
        MemoryChannel channel = new MemoryChannel(new byte[0]);
        IpcStreamWriter abandoned = IpcStreamWriter.open(channel, tables.schema(), tables.options());
        tables.write(abandoned, 0, 1, memory);
        abandoned.abandon();
        byte[] appended = append(tables, channel.toBytes(), 1, 2);
        try (IpcStreamReader reader = Ipc.openStream(appended, memory.allocator())) {
            tables.assertHas(2, reader, memory);
        }
    }

    @Test
    void oneAppenderAtATime() throws IOException {
        Path path = Files.write(folder.resolve("log.arrows"), LogTables.TEXT.stream(0, 1, memory));
        IpcAppendOptions options = LogTables.TEXT.appending().withDurability(Durability.FLUSH);
        try (IpcStreamWriter writer = IpcStreamWriter.append(open(path), options)) {
            assertThatThrownBy(() -> IpcStreamWriter.append(open(path), options))
                    .isInstanceOf(LightstreamException.class)
                    .hasMessageContaining("another appender");
            LogTables.TEXT.write(writer, 1, 2, memory);
            writer.flush();
        }
        try (IpcStreamReader reader = Ipc.openStream(Files.readAllBytes(path), memory.allocator())) {
            LogTables.TEXT.assertHas(2, reader, memory);
        }
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    static Stream<Path> goldenStreams() {
        return TestCorpora.golden(".stream").stream();
    }

    /** Streams of other producers go on with their own batches. */
    @ParameterizedTest
    @MethodSource("goldenStreams")
    void goldenStreamsTwice(Path golden) throws IOException {
        byte[] old = Files.readAllBytes(golden);
        String name = golden.toString();
        MemoryChannel channel = new MemoryChannel(old);
        if (name.contains("bigendian") || name.contains("/0.1")) {
            assertThatThrownBy(() -> IpcStreamWriter.append(channel, IpcAppendOptions.defaults()))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining("convert it first");
            return;
        }
        try (IpcStreamReader reader = Ipc.openStream(old, memory.allocator());
                IpcStreamWriter writer = IpcStreamWriter.append(channel, IpcAppendOptions.defaults())) {
            while (reader.next()) {
                writer.write(reader.batch());
            }
        }
        MemoryChannel again = new MemoryChannel(old);
        try (IpcStreamReader twice = Ipc.openStream(channel.toBytes(), memory.allocator());
                IpcStreamWriter writer = IpcStreamWriter.open(again, twice.schema(), IpcWriteOptions.defaults());
                IpcStreamReader first = Ipc.openStream(old, memory.allocator());
                IpcStreamReader second = Ipc.openStream(old, memory.allocator())) {
            for (IpcStreamReader reader : List.of(first, second)) {
                while (reader.next()) {
                    writer.write(reader.batch());
                }
            }
            writer.close();
            try (IpcStreamReader expected = Ipc.openStream(again.toBytes(), memory.allocator())) {
                assertThat(ReaderComparison.compare(expected, twice)).isEmpty();
            }
        }
    }
}
