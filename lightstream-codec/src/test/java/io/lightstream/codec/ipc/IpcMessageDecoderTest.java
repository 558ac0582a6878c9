package io.lightstream.codec.ipc;

import static io.lightstream.codec.ipc.Tables.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.memory.ForeignBuffers;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.Field;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.ArrowBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages by themselves, from wherever they lie. */
class IpcMessageDecoderTest {
    private static final Field DICTIONARY = Tables.dictionary(Tables.TEXT, 5, 32, true);

    private LightstreamMemory memory;
    private byte[] stream;

    @BeforeEach
    void open() {
        memory = LightstreamMemory.create();
        try (RecordBatch batch = Tables.column(memory.allocator(), DICTIONARY, "a", "b", null, "a")) {
            stream = Ipc.stream(batch);
        }
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private ByteBuffer message(int index, boolean direct) {
        Patch patch = Patch.of(stream, index);
        return place(patch.position(), patch.end(), direct);
    }

    /** Not at the start of its buffer. */
    private ByteBuffer place(int from, int to, boolean direct) {
        int length = to - from;
        ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(length + 3) : ByteBuffer.allocate(length + 3);
        buffer.position(3).mark();
        buffer.put(stream, from, length).reset();
        return buffer;
    }

    private ByteBuffer metadata(int index) {
        Patch patch = Patch.of(stream, index);
        return place(patch.metadata(), patch.body(), false);
    }

    private ByteBuffer body(int index, boolean direct) {
        Patch patch = Patch.of(stream, index);
        return place(patch.body(), patch.end(), direct);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void wholeMessagesAreDecoded(boolean direct) throws LightstreamException {
        try (IpcMessageDecoder decoder = IpcMessageDecoder.open(memory.allocator(), Ipc.READ)) {
            assertThat(decoder.schema()).isEmpty();
            assertThat(decoder.decode(message(0, direct))).isInstanceOf(IpcMessage.SchemaMessage.class);
            assertThat(decoder.schema().orElseThrow().field(0)).isEqualTo(DICTIONARY);
            assertThat(decoder.decode(message(1, direct))).isEqualTo(new IpcMessage.DictionaryBatch(5, false, 2, 0));
            ByteBuffer bytes = message(2, direct);
            check(decoder.decode(bytes));
            assertThat(bytes.position()).isEqualTo(3);
            assertThat(decoder.decode(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, 0, 0, 0, 0})))
                    .isEqualTo(new IpcMessage.EndOfStream(0));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void metadataAndBodyMayLieApart(boolean direct) throws LightstreamException {
        try (IpcMessageDecoder decoder = IpcMessageDecoder.open(memory.allocator(), Ipc.READ)) {
            decoder.decode(metadata(0), ByteBuffer.allocate(0));
            decoder.decode(metadata(1), body(1, direct));
            check(decoder.decode(metadata(2), body(2, direct)));
        }
    }

    private static void check(IpcMessage message) {
        assertThat(message).isInstanceOf(IpcMessage.RecordBatch.class);
        try (RecordBatch batch = ((IpcMessage.RecordBatch) message).batch()) {
            assertThat(texts(batch.column(0))).containsExactly("a", "b", "null", "a");
            assertThat(batch.aligned()).isTrue();
        }
    }

    /** On a boundary the bytes stay where they are; elsewhere they are copied. The memory is free when the batch is. */
    @ParameterizedTest
    @ValueSource(ints = {0, 64, 8, 32, 1})
    void bodiesAreUsedWhereTheyLieIfTheyAreAligned(int offset) throws LightstreamException {
        Patch batch = Patch.of(stream, 2);
        int length = batch.end() - batch.body();
        AtomicInteger released = new AtomicInteger();
        try (IpcMessageDecoder decoder = IpcMessageDecoder.open(memory.allocator(), Ipc.READ);
                ArrowBuf block = memory.allocator().buffer(length + 128L)) {
            decoder.decode(message(0, false));
            decoder.decode(message(1, false));
            long address = block.memoryAddress() + offset;
            NativeMemory.copy(stream, batch.body(), address, length);
            IpcMessage.RecordBatch message;
            try (ArrowBuf body = ForeignBuffers.wrap(address, length, released::incrementAndGet)) {
                message = decoder.decodeInPlace(metadata(2), body);
            }
            long data = message.batch().column(0).data().address(1);
            boolean inPlace = offset % 64 == 0;
            assertThat(data == address + batch.bufferOffset(1)).isEqualTo(inPlace);
            assertThat(released).hasValue(inPlace ? 0 : 1);
            check(message);
            assertThat(released).hasValue(1);
        }
    }

    /** As Arrow's own messages have it, whose bodies may be a part of a buffer. */
    @Test
    void aBodyLiesBetweenReaderAndWriterIndex() throws LightstreamException {
        Patch batch = Patch.of(stream, 2);
        int length = batch.end() - batch.body();
        try (IpcMessageDecoder decoder = IpcMessageDecoder.open(memory.allocator(), Ipc.READ);
                ArrowBuf block = memory.allocator().buffer(length + 128L)) {
            decoder.decode(message(0, false));
            decoder.decode(message(1, false));
            NativeMemory.copy(stream, batch.body(), block.memoryAddress() + 64, length);
            block.writerIndex(64L + length).readerIndex(64);
            IpcMessage.RecordBatch message = decoder.decodeInPlace(metadata(2), block);
            assertThat(message.batch().column(0).data().address(1))
                    .isEqualTo(block.memoryAddress() + 64 + batch.bufferOffset(1));
            check(message);
            block.writerIndex(64L + length - 1);
            assertThatThrownBy(() -> decoder.decodeInPlace(metadata(2), block))
                    .isInstanceOf(TruncatedStreamException.class)
                    .hasMessageContaining(" @" + (length - 1) + "] body: expected " + length + " bytes");
        }
    }

    @Test
    void takenBatchesKeepForeignMemory() throws LightstreamException {
        Patch patch = Patch.of(stream, 2);
        ByteBuffer direct =
                ByteBuffer.allocateDirect(patch.end() - patch.body() + 64).alignedSlice(64);
        direct.put(0, stream, patch.body(), patch.end() - patch.body());
        AtomicInteger released = new AtomicInteger();
        RecordBatch taken;
        try (IpcMessageDecoder decoder = IpcMessageDecoder.open(memory.allocator(), Ipc.READ)) {
            decoder.decode(message(0, false));
            decoder.decode(message(1, false));
            try (ArrowBuf body = ForeignBuffers.wrap(
                            NativeMemory.addressOf(direct), patch.end() - patch.body(), released::incrementAndGet);
                    RecordBatch batch = decoder.decodeInPlace(metadata(2), body).batch()) {
                taken = batch.take(memory.allocator());
            }
        }
        assertThat(texts(taken.column(0))).containsExactly("a", "b", "null", "a");
        assertThat(released).hasValue(0);
        taken.close();
        assertThat(released).hasValue(1);
    }

    @Test
    void theOrderOfMessagesIsChecked() throws LightstreamException {
        try (IpcMessageDecoder decoder = IpcMessageDecoder.open(memory.allocator(), Ipc.READ)) {
            assertThatThrownBy(() -> decoder.decode(message(2, false)))
                    .isInstanceOf(MalformedStreamException.class)
                    .hasMessage("[test @0] message: expected a schema first, found RECORD_BATCH");
            decoder.decode(message(0, false));
            assertThatThrownBy(() -> decoder.decode(message(0, false))).isInstanceOf(MalformedStreamException.class);
            assertThatThrownBy(() -> decoder.decode(message(2, false)))
                    .isInstanceOf(MalformedStreamException.class)
                    .hasMessageContaining("dictionary of field 'v'");
        }
    }

    /** Flight sends messages with nothing but metadata of the application. */
    @Test
    void emptyMetadataAreNoMessage() throws LightstreamException {
        ByteBuffer nothing = ByteBuffer.allocate(0);
        try (IpcMessageDecoder decoder = IpcMessageDecoder.open(memory.allocator(), Ipc.READ)) {
            requireRefused(decoder, nothing);
            decoder.decode(message(0, false));
            requireRefused(decoder, nothing);
            decoder.decode(message(1, false));
            check(decoder.decode(message(2, false)));
            requireRefused(decoder, nothing);
            // What was remembered of the batch is forgotten.
            decoder.decode(message(1, false));
            requireRefused(decoder, nothing);
            check(decoder.decode(message(2, false)));
        }
    }

    private static void requireRefused(IpcMessageDecoder decoder, ByteBuffer nothing) {
        assertThatThrownBy(() -> decoder.decode(nothing, nothing))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessage("[test @0] metadata: expected a message, found 0 bytes");
    }

    @Test
    void cutMessagesAreErrors() throws LightstreamException {
        try (IpcMessageDecoder decoder = IpcMessageDecoder.open(memory.allocator(), Ipc.READ)) {
            decoder.decode(message(0, false));
            decoder.decode(message(1, false));
            ByteBuffer whole = message(2, true);
            for (int length = 0; length < whole.remaining(); length++) {
                ByteBuffer cut = whole.duplicate().limit(whole.position() + length);
                long end = length;
                assertThatThrownBy(() -> decoder.decode(cut))
                        .isInstanceOfSatisfying(
                                TruncatedStreamException.class,
                                e -> assertThat(e.position()).isEqualTo(end));
            }
            check(decoder.decode(whole));
        }
    }

    @Test
    void aClosedDecoderSaysSo() {
        IpcMessageDecoder decoder = IpcMessageDecoder.open(memory.allocator(), Ipc.READ);
        decoder.close();
        decoder.close();
        assertThatThrownBy(() -> decoder.decode(message(0, false))).isInstanceOf(IllegalStateException.class);
    }
}
