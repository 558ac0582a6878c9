package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.internal.input.FileTail;
import io.lightstream.codec.internal.metadata.FooterEncoder;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Field;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Footers that lie about where everything is. */
class FooterReadTest {
    private static final int TAIL_BYTES = 10;
    private static final int BLOCK_BYTES = 24;
    private static final int DICTIONARIES = 2;
    private static final int BATCHES = 3;

    private LightstreamMemory memory;
    private byte[] bytes;
    private ByteBuffer file;

    @BeforeEach
    void open() {
        memory = LightstreamMemory.create();
        Field field = Tables.dictionary(Tables.TEXT, 1, 8, true);
        try (RecordBatch first = Tables.column(memory.allocator(), field, "a", "b", "a");
                RecordBatch second = Tables.column(memory.allocator(), field, "a", "b", "a", "c")) {
            IpcWriteOptions options = IpcWriteOptions.defaults().withWholeDictionaries(false);
            bytes = Ipc.file(first.schema(), options, List.of(first, second));
        }
        file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private int footer() {
        return bytes.length - TAIL_BYTES - file.getInt(bytes.length - TAIL_BYTES);
    }

    /** Where a block stands: offset i64, metadata length i32, 4 bytes of padding, body length i64. */
    private int block(int list, int index) {
        return Flatbuffer.root(bytes, footer()).vector(list) + Integer.BYTES + index * BLOCK_BYTES;
    }

    private void readAll() throws IOException {
        try (IpcFileReader reader = Ipc.openFile(bytes, memory.allocator())) {
            for (int i = 0; i < reader.batchCount(); i++) {
                reader.read(i).close();
            }
        } finally {
            assertThat(memory.allocator().getAllocatedMemory()).isZero();
        }
    }

    @Test
    void isReadAsWritten() throws IOException {
        readAll();
        try (IpcFileReader reader = Ipc.openFile(bytes, memory.allocator())) {
            assertThat(reader.footer().recordBatches()).hasSize(2);
            assertThat(reader.footer().dictionaries()).hasSize(2);
            assertThat(reader.footer().version()).isEqualTo(Footer.CURRENT_VERSION);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-64, -8, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 7, 1 << 20, 4})
    void blocksLieInsideOfTheFile(long offset) {
        for (int list : new int[] {DICTIONARIES, BATCHES}) {
            long before = file.getLong(block(list, 1));
            file.putLong(block(list, 1), offset);
            assertThatThrownBy(this::readAll)
                    .isInstanceOf(MalformedStreamException.class)
                    .hasMessage(
                            "[test @%d] block 1 of the footer: expected multiples of 8 inside of the %d bytes before"
                                    + " the footer, found %d+%d+%d",
                            footer(), footer(), offset, length(list), body(list));
            file.putLong(block(list, 1), before);
        }
    }

    private int length(int list) {
        return file.getInt(block(list, 1) + 8);
    }

    private long body(int list) {
        return file.getLong(block(list, 1) + 16);
    }

    @ParameterizedTest
    @ValueSource(ints = {-8, 0, 7, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void metadataLengthsAreChecked(int length) {
        file.putInt(block(BATCHES, 0) + 8, length);
        assertThatThrownBy(this::readAll).isInstanceOf(MalformedStreamException.class);
    }

    /** Otherwise it would depend on the reader where the body begins. */
    @Test
    void metadataLengthsAreThoseOfTheMessages() {
        int said = file.getInt(block(BATCHES, 0) + 8);
        file.putInt(block(BATCHES, 0) + 8, said + 64);
        assertThatThrownBy(this::readAll)
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageContaining(
                        "metadata length: expected %d as in the footer, found %d", said + 64 - 8, said - 8);
    }

    @ParameterizedTest
    @ValueSource(longs = {-8, 0, 8, Long.MAX_VALUE, Long.MIN_VALUE})
    void bodyLengthsAreThoseOfTheMessages(long length) {
        file.putLong(block(BATCHES, 0) + 16, length);
        assertThatThrownBy(this::readAll).isInstanceOf(MalformedStreamException.class);
    }

    @Test
    void blocksPointToMessagesOfTheirKind() {
        copyBlock(DICTIONARIES, 0, BATCHES, 1);
        assertThatThrownBy(this::readAll)
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageContaining("message that the footer lists: expected RECORD_BATCH, found DICTIONARY_BATCH");
    }

    @Test
    void blocksPointToMessages() {
        file.putLong(block(BATCHES, 0), 0);
        assertThatThrownBy(this::readAll).isInstanceOf(MalformedStreamException.class);
        file.putLong(block(BATCHES, 0), 8);
        assertThatThrownBy(this::readAll).isInstanceOf(MalformedStreamException.class);
        file.putLong(block(BATCHES, 0), file.getLong(block(BATCHES, 1)) + 64);
        assertThatThrownBy(this::readAll).isInstanceOf(MalformedStreamException.class);
    }

    /** Two blocks may be one message: it is a batch twice, with nothing wrong about it. */
    @Test
    void blocksMayBeTheSame() throws IOException {
        copyBlock(BATCHES, 0, BATCHES, 1);
        try (IpcFileReader reader = Ipc.openFile(bytes, memory.allocator());
                RecordBatch first = reader.read(0);
                RecordBatch second = reader.read(1)) {
            assertThat(Tables.texts(second.column(0))).isEqualTo(Tables.texts(first.column(0)));
        }
    }

    /** The second dictionary block is a delta; the first again replaces, which files cannot. */
    @Test
    void dictionariesOfAFileAreNotReplaced() {
        copyBlock(DICTIONARIES, 0, DICTIONARIES, 1);
        assertThatThrownBy(this::readAll)
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageContaining("dictionary 1: expected one, and deltas of it, in a file, found a replacement");
    }

    @Test
    void deltasFollowTheirDictionary() {
        copyBlock(DICTIONARIES, 1, DICTIONARIES, 0);
        assertThatThrownBy(this::readAll)
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageContaining("delta of dictionary 1");
    }

    private void copyBlock(int fromList, int from, int toList, int to) {
        System.arraycopy(bytes, block(fromList, from), bytes, block(toList, to), BLOCK_BYTES);
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "2147483647", "-2147483648", "100000"})
    void footerLengthIsChecked(int length) {
        file.putInt(bytes.length - TAIL_BYTES, length);
        assertThatThrownBy(this::readAll)
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageStartingWith("[test @" + (bytes.length - TAIL_BYTES) + "] footer length: expected 1..");
    }

    @Test
    void footerLengthIsLimited() {
        IpcReadOptions options = Ipc.READ.withLimits(Ipc.READ.limits().withMaxMetadataBytes(100));
        assertThatThrownBy(() -> IpcFileReader.open(new InMemoryFile(bytes), memory.allocator(), options))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("maxMetadataBytes");
    }

    @Test
    void magicIsAtBothEnds() {
        bytes[0] = 'a';
        assertThatThrownBy(this::readAll)
                .isInstanceOf(MalformedStreamException.class)
                .hasMessage("[test @0] magic of an Arrow file: expected ARROW1, found 6152524f5731");
        bytes[0] = 'A';
        bytes[bytes.length - 1] = 0;
        assertThatThrownBy(this::readAll).hasMessageStartingWith("[test @" + (bytes.length - 6) + "] magic");
    }

    /** The file is shorter than its size was when it was opened. */
    @Test
    void filesThatShrinkAreTruncated() throws IOException {
        InMemoryFile shrinking = new InMemoryFile(bytes, Integer.MAX_VALUE);
        try (IpcFileReader reader = IpcFileReader.open(shrinking, memory.allocator(), Ipc.READ)) {
            shrinking.shrinkTo((int) reader.footer().recordBatches().get(1).bodyOffset() + 3);
            reader.read(0).close();
            assertThatThrownBy(() -> reader.read(1)).isInstanceOf(TruncatedStreamException.class);
        }
    }

    /** Everything but the footer may be missing, wherever the batches are. */
    @Test
    void batchesOfAnyOrderAreReadByTheirNumber() throws IOException {
        List<Footer.Block> blocks;
        try (IpcFileReader reader = Ipc.openFile(bytes, memory.allocator())) {
            blocks = reader.footer().recordBatches();
        }
        byte[] first = java.util.Arrays.copyOfRange(bytes, block(BATCHES, 0), block(BATCHES, 0) + BLOCK_BYTES);
        copyBlock(BATCHES, 1, BATCHES, 0);
        System.arraycopy(first, 0, bytes, block(BATCHES, 1), BLOCK_BYTES);
        try (IpcFileReader reader = Ipc.openFile(bytes, memory.allocator())) {
            assertThat(reader.footer().recordBatches()).containsExactly(blocks.get(1), blocks.get(0));
            assertThat(reader.next()).isTrue();
            assertThat(Tables.texts(reader.batch().column(0))).containsExactly("a", "b", "a", "c");
            assertThat(reader.next()).isTrue();
            assertThat(Tables.texts(reader.batch().column(0))).containsExactly("a", "b", "a");
            assertThat(reader.next()).isFalse();
        }
    }

    /** 24 bytes each, they take more than the metadata of a message may. */
    @Test
    void filesMayHaveAMillionBatches() throws IOException {
        int many = 1_000_000;
        bytes = withBlocks(many);
        assertThat(bytes.length).isGreaterThan(Ipc.READ.limits().maxMetadataBytes());
        try (IpcFileReader reader = Ipc.openFile(bytes, memory.allocator());
                RecordBatch last = reader.read(many - 1)) {
            assertThat(reader.batchCount()).isEqualTo(many);
            assertThat(last.rowCount()).isEqualTo(4);
        }
        MemoryChannel channel = new MemoryChannel(bytes);
        try (RecordBatch more = Tables.column(memory.allocator(), Tables.dictionary(Tables.TEXT, 1, 8, true), "a");
                IpcFileWriter writer = IpcFileWriter.append(channel, memory.allocator(), IpcAppendOptions.defaults())) {
            writer.write(more);
        }
        try (IpcFileReader reader = Ipc.openFile(channel.toBytes(), memory.allocator())) {
            assertThat(reader.batchCount()).isEqualTo(many + 1);
        }
        assertThatThrownBy(() -> IpcFileReader.open(
                        new InMemoryFile(bytes),
                        memory.allocator(),
                        Ipc.READ.withLimits(Ipc.READ.limits().withMaxBlocks(1000))))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining(
                        "maxMetadataBytes, and 24 bytes for each of maxBlocks: expected at most 16801216");
    }

    /** The file, with a footer that lists its last batch again and again. */
    private byte[] withBlocks(int count) throws IOException {
        Footer small;
        try (IpcFileReader reader = Ipc.openFile(bytes, memory.allocator())) {
            small = reader.footer();
        }
        ByteBuffer large = FooterEncoder.encode(new Footer(
                small.version(),
                small.schema(),
                small.dictionaries(),
                Collections.nCopies(count, small.recordBatches().get(1)),
                small.metadata()));
        return ByteBuffer.allocate(footer() + large.remaining() + TAIL_BYTES)
                .put(bytes, 0, footer())
                .put(large.duplicate())
                .put(FileTail.tail(large.remaining()))
                .array();
    }
}
