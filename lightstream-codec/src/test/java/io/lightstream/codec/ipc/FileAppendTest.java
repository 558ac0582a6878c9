package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.Validation;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches appended to Arrow files: where they go, what stays, what is refused, and what is left where it fails. */
class FileAppendTest {
    private static final Field CITY = Tables.dictionary(Tables.TEXT, 7, 8, true);

    private final LightstreamMemory memory = LightstreamMemory.create();

    @TempDir
    Path folder;

    @AfterEach
    void nothingIsHeld() {
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
    }

    private IpcFileWriter append(MemoryChannel channel) throws IOException {
        return IpcFileWriter.append(
                channel, memory.allocator(), IpcAppendOptions.defaults().withSink("log"));
    }

    private RecordBatch cities(Object... values) {
        return Tables.column(memory.allocator(), CITY, values);
    }

    private void write(IpcFileWriter writer, Object... values) throws IOException {
        try (RecordBatch batch = cities(values)) {
            writer.write(batch);
        }
    }

    private byte[] citiesFile(Object... values) {
        try (RecordBatch batch = cities(values)) {
            return Ipc.file(batch);
        }
    }

    @ParameterizedTest
    @EnumSource
    void newBatchesAndFooterGoBehindTheOldFooter(LogTables tables) throws IOException {
        byte[] old = tables.file(0, 2, memory);
        byte[] once = tables.append(old, 2, 4, memory);
        byte[] twice = tables.append(once, 4, 5, memory);

        assertThat(Arrays.copyOf(twice, old.length)).isEqualTo(old);
        assertThat(Arrays.copyOf(twice, once.length)).isEqualTo(once);
        tables.assertHas(2, old, memory);
        tables.assertHas(4, once, memory);
        tables.assertHas(5, twice, memory);
        try (IpcFileReader reader = Ipc.openFile(twice, memory.allocator())) {
            for (Footer.Block block : reader.footer().recordBatches()) {
                assertThat(block.offset() % 64).isZero();
            }
            assertThat(reader.footer().recordBatches().get(2).offset()).isGreaterThanOrEqualTo(old.length);
        }
    }

    @Test
    void oldBatchesAreNotRead() throws IOException {
        byte[] old = LogTables.PRIMITIVE.file(0, 3, memory);
        Footer footer;
        try (IpcFileReader reader = Ipc.openFile(old, memory.allocator())) {
            footer = reader.footer();
        }
        Footer.Block block = footer.recordBatches().get(1);
        byte[] damaged = old.clone();
        Arrays.fill(damaged, (int) block.offset(), (int) block.end(), (byte) 0x55);

        byte[] appended = LogTables.PRIMITIVE.append(damaged, 3, 4, memory);

        assertThat(Arrays.copyOf(appended, damaged.length)).isEqualTo(damaged);
    }

    @Test
    void withoutABatchTheFileStaysAsItIs() throws IOException {
        byte[] old = LogTables.DICTIONARY.file(0, 2, memory);
        MemoryChannel channel = new MemoryChannel(old);
        append(channel).close();
        assertThat(channel.toBytes()).isEqualTo(old);
        assertThat(channel.changes()).isZero();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void footerMetadataAreKeptAndAddedTo() throws IOException {
        MemoryChannel channel = new MemoryChannel(new byte[0]);
        try (RecordBatch batch = cities("a")) {
            try (IpcFileWriter writer = IpcFileWriter.open(channel, batch.schema(), IpcWriteOptions.defaults())) {
                writer.write(batch);
                writer.finish(Map.of("kept", "1", "changed", "2"));
            }
            channel = new MemoryChannel(channel.toBytes());
            try (IpcFileWriter writer = append(channel)) {
                assertThat(writer.batchCount()).isEqualTo(1);
                writer.write(batch);
                assertThat(writer.position()).isEqualTo(writer.lastMessage().end());
                Footer footer = writer.finish(Map.of("changed", "3", "new", "4"));
                assertThat(footer.metadata()).isEqualTo(Map.of("kept", "1", "changed", "3", "new", "4"));
                assertThat(footer.recordBatches()).hasSize(2).contains(writer.lastMessage());
            }
        }
        try (IpcFileReader reader = Ipc.openFile(channel.toBytes(), memory.allocator())) {
            assertThat(reader.footer().metadata()).containsEntry("kept", "1").containsEntry("new", "4");
        }
    }

    @Test
    void knownDictionariesAreNotWrittenAgain() throws IOException {
        MemoryChannel channel = new MemoryChannel(citiesFile("a", "b"));
        Footer footer;
        try (IpcFileWriter writer = append(channel)) {
            write(writer, "a", "b", "b");
            write(writer, "a");
            footer = writer.finish();
        }
        assertThat(footer.dictionaries()).hasSize(1);
        assertThat(MessageWalk.kinds(channel.toBytes(), firstAppended(footer, 1)))
                .containsExactly("batch", "batch");
        check(channel, new Object[] {"a", "b"}, new Object[] {"a", "b", "b"}, new Object[] {"a"});
    }

    @Test
    void grownDictionariesGetDeltasAndAWholeOneAtTheEnd() throws IOException {
        byte[] old = citiesFile("a", "b");
        MemoryChannel channel = new MemoryChannel(old);
        Footer footer;
        try (IpcFileWriter writer = append(channel)) {
            write(writer, "a", "b", "c");
            footer = writer.finish();
        }
        assertThat(footer.dictionaries()).hasSize(1);
        assertThat(footer.dictionaries().get(0).offset())
                .isGreaterThan(footer.recordBatches().get(1).offset());
        int start = (old.length + 63) / 64 * 64;
        assertThat(MessageWalk.kinds(channel.toBytes(), start)).containsExactly("delta", "batch", "dictionary");
        check(channel, new Object[] {"a", "b"}, new Object[] {"a", "b", "c"});
    }

    @Test
    void otherDictionariesAreUnifiedWithThatOfTheFile() throws IOException {
        MemoryChannel channel = new MemoryChannel(citiesFile("a", "b"));
        try (IpcFileWriter writer = append(channel)) {
            write(writer, "x", "b", "a");
        }
        check(channel, new Object[] {"a", "b"}, new Object[] {"x", "b", "a"});
        channel = new MemoryChannel(channel.toBytes());
        try (IpcFileWriter writer = append(channel)) {
            write(writer, "b", "x");
            assertThat(writer.finish().dictionaries()).hasSize(1);
        }
        check(channel, new Object[] {"a", "b"}, new Object[] {"x", "b", "a"}, new Object[] {"b", "x"});
    }

    @Test
    void orTheyAreRefusedAndTheWriterGoesOn() throws IOException {
        MemoryChannel channel = new MemoryChannel(citiesFile("a", "b"));
        IpcWriteOptions refusing = IpcWriteOptions.defaults()
                .withFileDictionaries(DictionaryPolicy.ERROR)
                .withSink("log");
        try (IpcFileWriter writer = IpcFileWriter.append(
                channel, memory.allocator(), IpcAppendOptions.defaults().withWriting(refusing))) {
            assertThatThrownBy(() -> write(writer, "b", "a"))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining("dictionary 7 has changed");
            write(writer, "a", "b", "c");
        }
        check(channel, new Object[] {"a", "b"}, new Object[] {"a", "b", "c"});
    }

    @Test
    void dictionariesMayNotOutgrowTheirIndices() throws IOException {
        MemoryChannel channel = new MemoryChannel(
                citiesFile(IntStream.range(0, 100).mapToObj(i -> "old" + i).toArray()));
        try (IpcFileWriter writer = append(channel)) {
            assertThatThrownBy(() -> write(
                            writer,
                            IntStream.range(0, 100).mapToObj(i -> "new" + i).toArray()))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining("grows to 200 values");
        }
        assertThat(channel.changes()).isZero();
    }

    private void check(MemoryChannel file, Object[]... batches) throws IOException {
        try (IpcFileReader reader = Ipc.openFile(file.toBytes(), memory.allocator())) {
            for (Object[] values : batches) {
                assertThat(reader.next()).isTrue();
                try (RecordBatch expected = cities(values)) {
                    assertThat(BatchComparison.compare(expected, reader.batch()))
                            .isEmpty();
                }
            }
            assertThat(reader.next()).isFalse();
        }
    }

    private static int firstAppended(Footer footer, int oldBatches) {
        return (int) footer.recordBatches().get(oldBatches).offset();
    }

    static Stream<Path> goldenFiles() {
        return TestCorpora.golden(".arrow_file").stream();
    }

    /** Files of other producers get their own batches once more. */
    @ParameterizedTest
    @MethodSource("goldenFiles")
    void goldenFilesTwice(Path golden) throws IOException {
        byte[] old = Files.readAllBytes(golden);
        MemoryChannel channel = new MemoryChannel(old);
        String name = golden.toString();
        if (name.contains("bigendian") || name.contains("/0.1")) {
            assertThatThrownBy(() -> append(channel))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining("convert it first");
            assertThat(channel.toBytes()).isEqualTo(old);
            return;
        }
        try (IpcFileReader reader = Ipc.openFile(old, memory.allocator());
                IpcFileWriter writer = append(channel)) {
            while (reader.next()) {
                writer.write(reader.batch());
            }
        }
        assertThat(Arrays.copyOf(channel.toBytes(), old.length)).isEqualTo(old);
        try (IpcFileReader expected = Ipc.openFile(old, memory.allocator());
                IpcFileReader found = Ipc.openFile(channel.toBytes(), memory.allocator())) {
            int count = expected.batchCount();
            assertThat(found.batchCount()).isEqualTo(2 * count);
            for (int i = 0; i < found.batchCount(); i++) {
                try (RecordBatch wanted = expected.read(i % count);
                        RecordBatch batch = found.read(i)) {
                    assertThat(BatchComparison.compare(wanted, batch)).isEmpty();
                }
            }
        }
    }

    @Test
    void anotherSchemaIsNamed() {
        byte[] old = LogTables.PRIMITIVE.file(0, 1, memory);
        MemoryChannel channel = new MemoryChannel(old);
        Schema other = Schema.of(
                LogTables.PRIMITIVE.schema().field(0),
                LogTables.PRIMITIVE.schema().field(1).withName("g"));
        assertThatThrownBy(() -> IpcFileWriter.append(
                        channel,
                        memory.allocator(),
                        IpcAppendOptions.defaults().withSink("log").withSchema(other)))
                .isInstanceOf(LightstreamException.class)
                .hasMessage("[log] name of field 'g': expected g, found f");
        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.toBytes()).isEqualTo(old);
    }

    @Test
    void aBatchOfAnotherSchemaIsRefused() throws IOException {
        MemoryChannel channel = new MemoryChannel(LogTables.PRIMITIVE.file(0, 1, memory));
        try (IpcFileWriter writer = append(channel)) {
            assertThatThrownBy(() -> write(writer, "a")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(channel.changes()).isZero();
    }

    @Test
    void aFileThatWasCutHasToBeRecoveredFirst() {
        byte[] old = LogTables.PRIMITIVE.file(0, 1, memory);
        MemoryChannel channel = new MemoryChannel(Arrays.copyOf(old, old.length - 1));
        assertThatThrownBy(() -> append(channel))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageContaining("recover the file first");
        assertThat(channel.isOpen()).isFalse();
    }

    /** Whatever does not fit, batches or footer: what was appended goes, the file stays. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 3_000, 40_300, 80_500, Integer.MAX_VALUE})
    void aFailedWriteLeavesTheFileAsItWas(int room) throws IOException {
        Schema schema = Schema.of(Field.of("v", new DataType.Int(64, true)));
        try (BatchBuilder builder = BatchBuilder.create(schema, memory)) {
            for (long i = 0; i < 5_000; i++) {
                builder.appendRow(i);
            }
            try (RecordBatch batch = builder.finish()) {
                byte[] old = Ipc.file(batch);
                MemoryChannel enough = new MemoryChannel(old);
                try (IpcFileWriter writer = append(enough)) {
                    writer.write(batch);
                    writer.write(batch);
                }
                int most = enough.toBytes().length - 1;
                MemoryChannel channel = new MemoryChannel(old).withRoom(Math.min(most, old.length + (long) room));
                IpcFileWriter writer = append(channel);
                assertThatThrownBy(() -> {
                            writer.write(batch);
                            writer.write(batch);
                            writer.finish();
                        })
                        .hasMessage("no space left");
                assertThat(channel.toBytes()).isEqualTo(old);
                writer.close();
                assertThat(channel.toBytes()).isEqualTo(old);
                assertThat(channel.isOpen()).isFalse();
            }
        }
    }

    /** A batch that fails on its way, not the file: what was held back of it must not get there by closing. */
    @Test
    void nothingComesAfterAFailure() throws IOException {
        byte[] old = LogTables.PRIMITIVE.file(0, 1, memory);
        MemoryChannel channel = new MemoryChannel(old);
        IpcFileWriter writer = append(channel);
        LogTables.PRIMITIVE.write(writer, 1, 2, memory);
        writer.flush();
        channel.close();
        LogTables.PRIMITIVE.write(writer, 2, 3, memory);
        assertThatThrownBy(writer::flush).isInstanceOf(IOException.class);
        writer.close();
    }

    @Test
    void oneAppenderAtATime() throws IOException {
        Path path = Files.write(folder.resolve("log.arrow"), LogTables.PRIMITIVE.file(0, 1, memory));
        try (IpcFileWriter writer = append(path)) {
            assertThatThrownBy(() -> append(path))
                    .isInstanceOf(LightstreamException.class)
                    .hasMessage("[log] lock: expected that nobody else appends, found another appender");
            assertThatThrownBy(() -> IpcFileRecovery.recover(path, memory.allocator()))
                    .hasMessageContaining("another appender");
            LogTables.PRIMITIVE.write(writer, 1, 2, memory);
        }
        append(path).close();
        LogTables.PRIMITIVE.assertHas(2, Files.readAllBytes(path), memory);
    }

    @ParameterizedTest
    @EnumSource
    void anyDurability(Durability durability) throws IOException {
        Path path = Files.write(folder.resolve("log.arrow"), LogTables.DICTIONARY.file(0, 1, memory));
        try (IpcFileWriter writer = IpcFileWriter.append(
                open(path), memory.allocator(), LogTables.DICTIONARY.appending().withDurability(durability))) {
            LogTables.DICTIONARY.write(writer, 1, 3, memory);
            writer.flush();
            LogTables.DICTIONARY.write(writer, 3, 4, memory);
        }
        LogTables.DICTIONARY.assertHas(4, Files.readAllBytes(path), memory);
    }

    private IpcFileWriter append(Path path) throws IOException {
        return IpcFileWriter.append(
                open(path), memory.allocator(), IpcAppendOptions.defaults().withSink("log"));
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** All types, nested dictionaries and metadata: as one file, and in two goes. */
    @ParameterizedTest
    @MethodSource("seeds")
    void randomBatches(long seed) throws IOException {
        try (RandomBatches data = new RandomBatches(seed, memory.allocator())) {
            List<RecordBatch> batches = data.batches();
            int first = batches.isEmpty() ? 0 : (int) (seed % (batches.size() + 1));
            byte[] old = Ipc.file(data.schema(), IpcWriteOptions.defaults(), batches.subList(0, first));
            MemoryChannel channel = new MemoryChannel(old);
            try (IpcFileWriter writer = append(channel)) {
                for (RecordBatch batch : batches.subList(first, batches.size())) {
                    writer.write(batch);
                }
            }
            byte[] whole = channel.toBytes();
            assertHas(batches, batches.size(), whole);
            cutAndRecover(seed, batches, first, old, whole);
        }
    }

    private void cutAndRecover(long seed, List<RecordBatch> batches, int first, byte[] old, byte[] whole)
            throws IOException {
        for (int i = 0; i < 4 && whole.length > old.length; i++) {
            int size = old.length + new Random(seed + i).nextInt(whole.length - old.length);
            MemoryChannel cut = new MemoryChannel(Arrays.copyOf(whole, size));
            RecoveryReport report = IpcFileRecovery.recover(
                    cut, memory.allocator(), IpcFileRecovery.options("cut").withValidation(Validation.FULL));
            assertThat(report.keptBatches()).isEqualTo(first);
            assertHas(batches, report.batches(), cut.toBytes());
        }
    }

    private void assertHas(List<RecordBatch> batches, int count, byte[] file) throws IOException {
        try (IpcFileReader reader = Ipc.openFile(file, memory.allocator())) {
            assertThat(reader.batchCount()).isEqualTo(count);
            for (int i = 0; i < count; i++) {
                try (RecordBatch found = reader.read(i)) {
                    assertThat(BatchComparison.compare(batches.get(i), found)).isEmpty();
                    assertThat(found.metadata()).isEqualTo(batches.get(i).metadata());
                }
            }
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 150);
    }
}
