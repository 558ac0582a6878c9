package io.lightstream.codec.ipc;

import static io.lightstream.codec.build.Columns.dictionary;
import static io.lightstream.codec.build.Columns.int64;
import static io.lightstream.codec.build.Columns.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.Columns;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages in memory: what they hold, who keeps them, and that together they are a stream. */
class MessageEncoderTest {
    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingIsHeld() {
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
    }

    private RecordBatch batch(int rows, String... cities) {
        long[] ids = new long[rows];
        String[] names = new String[rows];
        for (int i = 0; i < rows; i++) {
            ids[i] = i;
            names[i] = cities[i % cities.length];
        }
        return Columns.batch(memory.allocator(), int64("id", ids), dictionary(utf8("city", names)));
    }

    private static void closeAll(List<EncodedMessage> messages) {
        messages.forEach(EncodedMessage::close);
    }

    private static void append(List<EncodedMessage> messages, ByteArrayOutputStream out) {
        messages.forEach(message -> out.writeBytes(message.toBytes()));
    }

    private BatchReader read(ByteArrayOutputStream bytes) throws IOException {
        bytes.writeBytes(bytesOf(MessageEncoder.endOfStream()));
        return IpcStreamReader.open(
                Channels.newChannel(new ByteArrayInputStream(bytes.toByteArray())),
                memory.allocator(),
                IpcReadOptions.defaults());
    }

    private static byte[] bytesOf(ByteBuffer... buffers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void messagesAreAStreamAndLateSubscribersCatchUp() throws IOException {
        for (Compression compression : List.of(Compression.NONE, Compression.ZSTD)) {
            ByteArrayOutputStream early = new ByteArrayOutputStream();
            ByteArrayOutputStream late = new ByteArrayOutputStream();
            IpcWriteOptions options =
                    IpcWriteOptions.defaults().withCompression(compression).withDictionaryDeltas(true);
            try (RecordBatch first = batch(10, "a", "b");
                    RecordBatch second = batch(50_000, "a", "b", "c");
                    RecordBatch third = batch(5, "x");
                    MessageEncoder encoder = MessageEncoder.create(first.schema(), memory.allocator(), options)) {
                List<EncodedMessage> all = new ArrayList<>(List.of(encoder.encodeSchema()));
                all.addAll(encoder.encode(first));
                all.addAll(encoder.encode(second));
                List<EncodedMessage> caughtUp = encoder.catchUp();
                List<EncodedMessage> last = encoder.encode(third);
                append(all, early);
                append(last, early);
                append(caughtUp, late);
                append(last, late);
                closeAll(all);
                closeAll(caughtUp);
                closeAll(last);
                assertThat(all.stream().map(EncodedMessage::kind).map(Enum::name))
                        .containsExactly(
                                "SCHEMA", "DICTIONARY_BATCH", "RECORD_BATCH", "DICTIONARY_BATCH", "RECORD_BATCH");
                try (BatchReader in = read(early)) {
                    checkNext(in, first);
                    checkNext(in, second);
                    checkNext(in, third);
                }
                try (BatchReader in = read(late)) {
                    checkNext(in, third);
                    assertThat(in.next()).isFalse();
                }
            }
        }
    }

    private static void checkNext(BatchReader in, RecordBatch expected) throws IOException {
        assertThat(in.next()).isTrue();
        assertThat(BatchComparison.compare(expected, in.batch())).isEmpty();
    }

    @Test
    void metadataAndBodyComeApart() throws IOException {
        try (RecordBatch batch = batch(50_000, "a");
                MessageEncoder encoder =
                        MessageEncoder.create(batch.schema(), memory.allocator(), IpcWriteOptions.defaults())) {
            List<EncodedMessage> messages = encoder.encode(batch);
            EncodedMessage message = messages.get(1);
            byte[] whole = message.toBytes();
            assertThat(whole).hasSize((int) message.length());
            assertThat(bytesOf(message.buffers())).isEqualTo(whole);
            assertThat(bytesOf(message.metadata()))
                    .hasSize(message.metadataLength())
                    .isEqualTo(java.util.Arrays.copyOf(whole, message.metadataLength()));
            assertThat((long) bytesOf(message.body()).length).isEqualTo(message.bodyLength());
            assertThat(Message.getRootAsMessage(message.header().order(java.nio.ByteOrder.LITTLE_ENDIAN))
                            .headerType())
                    .isEqualTo(MessageHeader.RecordBatch);
            assertThat(message.body().length)
                    .as("large buffers stay where they lie")
                    .isGreaterThan(1);
            closeAll(messages);
        }
    }

    @Test
    void sharedMessageOutlivesBatchAndEncoder() throws IOException {
        EncodedMessage shared;
        byte[] expected;
        try (RecordBatch batch = batch(50_000, "a");
                MessageEncoder encoder =
                        MessageEncoder.create(batch.schema(), memory.allocator(), IpcWriteOptions.defaults())) {
            List<EncodedMessage> messages = encoder.encode(batch);
            shared = messages.get(1).share();
            expected = messages.get(1).toBytes();
            closeAll(messages);
            closeAll(messages);
            assertThatThrownBy(() -> messages.get(1).buffers()).isInstanceOf(IllegalStateException.class);
        }
        assertThat(shared.toBytes()).isEqualTo(expected);
        shared.close();
    }

    /** Batches of a reader lie in memory that the reader wants to see back when it is closed. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void messagesOutliveTheReaderOfTheirBatches(boolean sameRoot) throws IOException {
        byte[] stream;
        List<EncodedMessage> messages;
        List<EncodedMessage> caughtUp;
        try (RecordBatch batch = batch(50_000, cities(5_000))) {
            stream = Ipc.stream(batch);
        }
        try (MessageEncoder encoder = encoder(stream);
                LightstreamMemory other = LightstreamMemory.create()) {
            BufferAllocator source = sameRoot ? memory.allocator() : other.allocator();
            try (BatchReader reader = Ipc.openStream(stream, source)) {
                assertThat(reader.next()).isTrue();
                messages = encoder.encode(reader.batch());
            }
            assertThat(other.allocator().getAllocatedMemory()).isZero();
            caughtUp = encoder.catchUp();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        append(caughtUp, bytes);
        append(messages.subList(1, 2), bytes);
        bytes.writeBytes(bytesOf(MessageEncoder.endOfStream()));
        assertThat(bytes.toByteArray()).isEqualTo(stream);
        closeAll(messages);
        closeAll(caughtUp);
    }

    private MessageEncoder encoder(byte[] stream) throws IOException {
        try (BatchReader reader = Ipc.openStream(stream, memory.allocator())) {
            return MessageEncoder.create(reader.schema(), memory.allocator(), IpcWriteOptions.defaults());
        }
    }

    private static String[] cities(int count) {
        return IntStream.range(0, count).mapToObj(i -> "city " + i).toArray(String[]::new);
    }

    @Test
    void whatTheAllocatorHasNoRoomForLeavesNothing() throws IOException {
        try (RecordBatch batch = batch(50_000, "a");
                BufferAllocator small = memory.allocator().newChildAllocator("small", 0, 100_000);
                MessageEncoder encoder = MessageEncoder.create(batch.schema(), small, IpcWriteOptions.defaults())) {
            assertThatThrownBy(() -> encoder.encode(batch)).isInstanceOf(OutOfMemoryException.class);
            encoder.close();
            assertThat(small.getAllocatedMemory()).isZero();
            assertThat(batch.column("id").getLong(49_999)).isEqualTo(49_999);
        }
    }

    @ParameterizedTest
    @EnumSource
    void deltasAreFolded(Folding folding) throws IOException {
        IpcWriteOptions options = IpcWriteOptions.defaults().withDictionaryDeltas(true);
        ByteArrayOutputStream late = new ByteArrayOutputStream();
        int mostHeld = 0;
        try (RecordBatch empty = batch(0);
                MessageEncoder encoder = MessageEncoder.create(empty.schema(), memory.allocator(), options)) {
            for (int i = 1; i <= 300; i++) {
                try (RecordBatch batch = batch(folding.first + i, cities(folding.first + i))) {
                    List<EncodedMessage> messages = encoder.encode(batch);
                    List<EncodedMessage> caughtUp = encoder.catchUp();
                    mostHeld = Math.max(mostHeld, caughtUp.size());
                    if (i % 100 == 99) {
                        late.reset();
                        append(caughtUp, late);
                        append(messages.subList(messages.size() - 1, messages.size()), late);
                        try (BatchReader in = read(late)) {
                            checkNext(in, batch);
                        }
                    }
                    closeAll(messages);
                    closeAll(caughtUp);
                }
            }
        }
        assertThat(mostHeld).isBetween(4, 70);
    }

    /** How many values the dictionary has to begin with. */
    enum Folding {
        BY_SIZE(1),
        BY_NUMBER(20_000);

        private final int first;

        Folding(int first) {
            this.first = first;
        }
    }
}
