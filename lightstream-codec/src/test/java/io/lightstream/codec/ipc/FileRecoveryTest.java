package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.Validation;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that were cut anywhere come back with every old batch and every new one that is whole. */
class FileRecoveryTest {
    private static final int STEP = 64;

    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingIsHeld() {
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
    }

    private RecoveryReport recover(MemoryChannel channel) throws IOException {
        RecoveryReport report = IpcFileRecovery.recover(channel, memory.allocator(), IpcFileRecovery.options("cut"));
        assertThat(channel.isOpen()).isFalse();
        return report;
    }

    private RecoveryReport check(byte[] bytes) throws IOException {
        return IpcFileRecovery.check(new MemoryChannel(bytes), memory.allocator(), IpcFileRecovery.options("cut"));
    }

    private static List<Footer.Block> blocks(byte[] file, LightstreamMemory memory) throws IOException {
        try (IpcFileReader reader = Ipc.openFile(file, memory.allocator())) {
            return reader.footer().recordBatches();
        }
    }

    private static int wholeBatches(List<Footer.Block> blocks, int size) {
        return (int) blocks.stream().filter(block -> block.end() <= size).count();
    }

    @ParameterizedTest
    @EnumSource
    void anAppendThatWasCut(LogTables tables) throws IOException {
        byte[] old = tables.file(0, 2, memory);
        byte[] whole = tables.append(old, 2, 5, memory);
        List<Footer.Block> blocks = blocks(whole, memory);
        for (int size = old.length + 1; size < whole.length; size += Math.min(STEP, whole.length - size)) {
            byte[] cut = Arrays.copyOf(whole, size);
            RecoveryReport foreseen = check(cut);
            MemoryChannel channel = new MemoryChannel(cut);
            RecoveryReport report = recover(channel);

            int expected = wholeBatches(blocks, size);
            assertThat(report).isEqualTo(foreseen);
            assertThat(report.isWhole()).isFalse();
            assertThat(report.keptBatches()).isEqualTo(2);
            assertThat(report.batches()).as("cut at " + size).isEqualTo(expected);
            tables.assertHas(expected, channel.toBytes(), memory);
            assertThat(Arrays.copyOf(channel.toBytes(), old.length)).isEqualTo(old);
            assertThat(check(channel.toBytes()).isWhole()).isTrue();
            if (expected == 2) {
                assertThat(channel.toBytes()).isEqualTo(old);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatWasNeverFinished(LogTables tables) throws IOException {
        byte[] whole = tables.file(0, 4, memory);
        List<Footer.Block> blocks = blocks(whole, memory);
        int schemaEnd = MessageWalk.walk(whole, 8).get(1).offset();
        for (int size = 0; size < whole.length; size += Math.min(STEP, whole.length - size)) {
            MemoryChannel channel = new MemoryChannel(Arrays.copyOf(whole, size));
            if (size < schemaEnd) {
                assertThatThrownBy(() -> recover(channel)).isInstanceOf(MalformedStreamException.class);
                assertThat(channel.changes()).isZero();
                continue;
            }
            RecoveryReport report = recover(channel);
            assertThat(report.keptBatches()).isZero();
            assertThat(report.recoveredBatches()).isEqualTo(wholeBatches(blocks, size));
            tables.assertHas(report.batches(), channel.toBytes(), memory);
        }
    }

    /** Whatever the recovery had written when it was killed, the next one finds as much as the first would have. */
    @ParameterizedTest
    @EnumSource
    void recoveryMayBeCutItself(LogTables tables) throws IOException {
        byte[] old = tables.file(0, 2, memory);
        byte[] whole = tables.append(old, 2, 5, memory);
        for (int size = old.length + 1; size < whole.length; size += 5 * STEP + 8) {
            byte[] cut = Arrays.copyOf(whole, size);
            MemoryChannel undisturbed = new MemoryChannel(cut);
            int expected = recover(undisturbed).batches();
            for (int changes = 0; changes <= undisturbed.changes(); changes++) {
                MemoryChannel channel = new MemoryChannel(cut).killedAfter(changes);
                try {
                    recover(channel);
                } catch (IOException e) {
                    assertThat(e).hasMessage("killed");
                }
                MemoryChannel again = new MemoryChannel(channel.toBytes());
                assertThat(recover(again).batches()).isEqualTo(expected);
                tables.assertHas(expected, again.toBytes(), memory);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWholeFileStaysAsItIs(LogTables tables) throws IOException {
        byte[] old = tables.file(0, 3, memory);
        for (byte[] whole : List.of(old, tables.append(old, 3, 4, memory), tables.file(0, 0, memory))) {
            MemoryChannel channel = new MemoryChannel(whole);
            assertThat(recover(channel).isWhole()).isTrue();
            assertThat(channel.changes()).isZero();
        }
    }

    @Test
    void whatComesBackCanBeAppendedTo() throws IOException {
        LogTables tables = LogTables.DICTIONARY;
        byte[] whole = tables.append(tables.file(0, 2, memory), 2, 5, memory);
        Footer.Block third = blocks(whole, memory).get(2);
        MemoryChannel channel = new MemoryChannel(Arrays.copyOf(whole, (int) third.end() + 10));
        recover(channel);
        byte[] appended = tables.append(channel.toBytes(), 3, 5, memory);
        tables.assertHas(5, appended, memory);
        try (IpcFileReader reader = Ipc.openFile(appended, memory.allocator())) {
            assertThat(reader.footer().dictionaries()).hasSize(1);
        }
    }

    @Test
    void whatNobodyWroteBehindTheFooterIsCutOff() throws IOException {
        byte[] whole = LogTables.TEXT.file(0, 2, memory);
        byte[] longer = Arrays.copyOf(whole, whole.length + 5_000_000);
        new Random(1).nextBytes(longer);
        System.arraycopy(whole, 0, longer, 0, whole.length);
        MemoryChannel channel = new MemoryChannel(longer);
        RecoveryReport report = recover(channel);
        assertThat(report.cutBytes()).isEqualTo(5_000_000);
        assertThat(channel.toBytes()).isEqualTo(whole);
    }

    @Test
    void aHoleIsNoFooter() throws IOException {
        byte[] whole = LogTables.TEXT.file(0, 2, memory);
        Footer.Block last = blocks(whole, memory).get(1);
        byte[] hole = Arrays.copyOf(Arrays.copyOf(whole, (int) last.end()), 20 << 20);
        MemoryChannel channel = new MemoryChannel(hole);
        assertThat(recover(channel).recoveredBatches()).isEqualTo(2);
        LogTables.TEXT.assertHas(2, channel.toBytes(), memory);
    }

    /** A footer that is there but damaged, with more behind it: that is not the end of a first writing. */
    @Test
    void muchBehindTheEndIsNotCutOffUnseen() throws IOException {
        byte[] whole = LogTables.TEXT.file(0, 2, memory);
        byte[] longer = Arrays.copyOf(whole, 20 << 20);
        longer[whole.length - 1] = 0;
        longer[longer.length - 1] = 1;
        MemoryChannel channel = new MemoryChannel(longer);
        assertThatThrownBy(() -> recover(channel))
                .isInstanceOf(LightstreamException.class)
                .hasMessageContaining("behind the end of the messages");
        assertThat(channel.changes()).isZero();
    }

    @Test
    void aDamagedBatchEndsTheFile() throws IOException {
        LogTables tables = LogTables.TEXT;
        byte[] old = tables.file(0, 1, memory);
        byte[] whole = tables.append(old, 1, 4, memory);
        byte[] cut = Arrays.copyOf(whole, whole.length - 3);
        Footer.Block third = blocks(whole, memory).get(2);
        // Its second offset: structure does not see it, validation does.
        int offsets = (int) third.bodyOffset() + firstOffsets(cut, third);
        cut[offsets + 7] = 0x7F;
        MemoryChannel trusted = new MemoryChannel(cut);
        assertThat(recover(trusted).recoveredBatches()).isEqualTo(3);
        MemoryChannel checked = new MemoryChannel(cut);
        RecoveryReport report = IpcFileRecovery.recover(
                checked, memory.allocator(), IpcFileRecovery.options("cut").withValidation(Validation.FULL));
        assertThat(report.recoveredBatches()).isEqualTo(1);
        assertThat(report.problem().orElseThrow()).contains("[cut @" + third.offset());
        tables.assertHas(2, checked.toBytes(), memory);
    }

    /** No footer could list it, so that the file would not be whole afterwards either. */
    @Test
    void aMessageOfOddLengthEndsTheFile() throws IOException {
        LogTables tables = LogTables.PRIMITIVE;
        byte[] whole = tables.file(0, 3, memory);
        List<Footer.Block> blocks = blocks(whole, memory);
        byte[] cut = Arrays.copyOf(whole, whole.length - 3);
        Footer.Block second = blocks.get(1);
        byte[] message = Arrays.copyOfRange(cut, (int) second.offset(), (int) second.end());
        Patch.of(message, 0).bodyLength(second.bodyLength() + 1);
        System.arraycopy(message, 0, cut, (int) second.offset(), message.length);
        MemoryChannel channel = new MemoryChannel(cut);
        RecoveryReport report = recover(channel);
        assertThat(report.recoveredBatches()).isOne();
        assertThat(report.problem().orElseThrow())
                .contains("[cut @" + second.offset() + "] place of the message: expected multiples of 8");
        assertThat(check(channel.toBytes()).isWhole()).isTrue();
        tables.assertHas(1, channel.toBytes(), memory);
    }

    private static int firstOffsets(byte[] file, Footer.Block block) {
        int appended = (int) block.offset();
        byte[] message = Arrays.copyOfRange(file, appended, (int) block.end());
        byte[] alone = Arrays.copyOf(message, message.length + 8);
        Arrays.fill(alone, message.length, message.length + 4, (byte) -1);
        return (int) MessageWalk.walk(alone, 0).get(0).batch().buffers(3).offset();
    }

    @Test
    void whatIsNoArrowFileIsRefused() {
        byte[] text = "this is no Arrow file, ARROW1 or not".repeat(100).getBytes(StandardCharsets.UTF_8);
        for (byte[] bytes : List.of(text, new byte[0], new byte[5], "ARROW1\0\0".getBytes(StandardCharsets.UTF_8))) {
            MemoryChannel channel = new MemoryChannel(bytes);
            assertThatThrownBy(() -> recover(channel)).isInstanceOf(MalformedStreamException.class);
            assertThat(channel.toBytes()).isEqualTo(bytes);
        }
    }

    /** Whole Arrow files as values, this very file as it was before among them. */
    @Test
    void filesWithinValuesAreNoFooters() throws IOException {
        Field bytes = Field.of("b", new DataType.Binary());
        byte[] empty = LogTables.TEXT.file(0, 0, memory);
        byte[] other = LogTables.DICTIONARY.file(0, 3, memory);
        List<RecordBatch> batches = new ArrayList<>();
        try {
            batches.add(Tables.column(memory.allocator(), bytes, "first".getBytes(StandardCharsets.UTF_8)));
            byte[] emptyAlike = Ipc.file(batches.get(0).schema(), IpcWriteOptions.defaults(), List.of());
            batches.add(Tables.column(memory.allocator(), bytes, empty, emptyAlike, other, emptyAlike));
            byte[] old = Ipc.file(batches.get(0).schema(), IpcWriteOptions.defaults(), batches);
            batches.add(Tables.column(memory.allocator(), bytes, old, empty, other, emptyAlike, old));
            byte[] never = Ipc.file(batches.get(0).schema(), IpcWriteOptions.defaults(), batches);
            MemoryChannel appended = new MemoryChannel(old);
            try (IpcFileWriter writer =
                    IpcFileWriter.append(appended, memory.allocator(), IpcAppendOptions.defaults())) {
                writer.write(batches.get(2));
                writer.write(batches.get(1));
                batches.add(Tables.column(memory.allocator(), bytes, empty, emptyAlike, other, emptyAlike));
            }
            cutEverywhere(appended.toBytes(), old.length + 1, batches);
            cutEverywhere(never, 512, batches.subList(0, 3));
        } finally {
            batches.forEach(RecordBatch::close);
        }
    }

    private void cutEverywhere(byte[] whole, int from, List<RecordBatch> batches) throws IOException {
        List<Footer.Block> blocks = blocks(whole, memory);
        for (int size : sizes(whole, from)) {
            MemoryChannel channel = new MemoryChannel(Arrays.copyOf(whole, size));
            recover(channel);
            int expected = wholeBatches(blocks, size);
            try (IpcFileReader reader = Ipc.openFile(channel.toBytes(), memory.allocator())) {
                assertThat(reader.batchCount()).as("cut at " + size).isEqualTo(expected);
                for (int i = 0; i < expected; i++) {
                    try (RecordBatch found = reader.read(i)) {
                        assertThat(BatchComparison.compare(batches.get(i), found))
                                .isEmpty();
                    }
                }
            }
        }
    }

    /** Every 64th byte, and right behind each magic. */
    private static List<Integer> sizes(byte[] whole, int from) {
        byte[] magic = "ARROW1".getBytes(StandardCharsets.US_ASCII);
        List<Integer> sizes = new ArrayList<>();
        for (int size = from; size < whole.length; size++) {
            if (size % STEP == 0 || Arrays.equals(whole, size - magic.length, size, magic, 0, magic.length)) {
                sizes.add(size);
            }
        }
        return sizes;
    }

    /** Many magics, each behind the length of a footer that begins like none: this must not take long. */
    @Test
    void magicEverywhereCostsLittle() throws IOException {
        byte[] whole = LogTables.TEXT.file(0, 2, memory);
        byte[] longer = Arrays.copyOf(whole, whole.length + (8 << 20));
        fill(longer, whole.length, new byte[] {10, 0, 1, 0, 'A', 'R', 'R', 'O', 'W', '1'});
        MemoryChannel channel = new MemoryChannel(longer);
        assertThat(recover(channel).keptBatches()).isEqualTo(2);
        assertThat(channel.toBytes()).isEqualTo(whole);
    }

    /** And where each has to be read, it is refused: to pass one over could mean to cut off a whole file. */
    @Test
    void footersEverywhereAreRefused() {
        byte[] whole = LogTables.TEXT.file(0, 2, memory);
        byte[] longer = Arrays.copyOf(whole, whole.length + (8 << 20));
        fill(longer, whole.length, new byte[] {4, 0, 0x70, 0, 'A', 'R', 'R', 'O', 'W', '1', 0, 0, 8, 0, 0, 0});
        MemoryChannel channel = new MemoryChannel(longer);
        assertThatThrownBy(() -> recover(channel))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageContaining("too many to look at");
        assertThat(channel.changes()).isZero();
    }

    private static void fill(byte[] bytes, int from, byte[] pattern) {
        for (int i = from; i + pattern.length <= bytes.length; i += pattern.length) {
            System.arraycopy(pattern, 0, bytes, i, pattern.length);
        }
    }

    @Test
    void footerMetadataComeBackToo() throws IOException {
        MemoryChannel channel = new MemoryChannel(new byte[0]);
        LogTables tables = LogTables.PRIMITIVE;
        try (IpcFileWriter writer = IpcFileWriter.open(channel, tables.schema(), tables.options())) {
            tables.write(writer, 0, 1, memory);
            writer.finish(Map.of("origin", "test"));
        }
        byte[] appended = tables.append(channel.toBytes(), 1, 2, memory);
        MemoryChannel cut = new MemoryChannel(Arrays.copyOf(appended, appended.length - 1));
        recover(cut);
        try (IpcFileReader reader = Ipc.openFile(cut.toBytes(), memory.allocator())) {
            assertThat(reader.footer().metadata()).isEqualTo(Map.of("origin", "test"));
        }
        tables.assertHas(2, cut.toBytes(), memory);
    }
}
