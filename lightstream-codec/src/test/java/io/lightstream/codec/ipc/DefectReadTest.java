package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.flatbuffers.FlatBufferBuilder;
import io.lightstream.codec.BatchReader;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every lie ends in its declared error, which says where, and nothing stays allocated. */
class DefectReadTest {
    private LightstreamMemory memory;
    private LightstreamMemory readMemory;

    @BeforeEach
    void open() {
        memory = LightstreamMemory.create();
        readMemory = LightstreamMemory.create();
    }

    @AfterEach
    void close() {
        readMemory.close();
        memory.close();
    }

    private byte[] lie(Defect defect) {
        try (RecordBatch batch = Tables.column(
                memory.allocator(), defect.field(), defect.values().toArray())) {
            IpcWriteOptions options = IpcWriteOptions.defaults().withCompression(defect.compression());
            byte[] stream = Ipc.stream(batch.schema(), options, List.of(batch));
            defect.lie().accept(Patch.of(stream, defect.message()));
            return stream;
        }
    }

    @ParameterizedTest
    @MethodSource("io.lightstream.codec.ipc.Defect#all")
    void endsInTheDeclaredError(Defect defect) {
        byte[] stream = lie(defect);
        for (int chunk : new int[] {Integer.MAX_VALUE, 1}) {
            Throwable found = catchThrowable(() -> readAll(new InMemoryFile(stream, chunk)));
            check(defect, found, Patch.of(stream, defect.message()).position());
        }
        assertThat(readMemory.allocator().getAllocatedMemory()).isZero();
    }

    private static void check(Defect defect, Throwable found, long position) {
        assertThat(found).isInstanceOf(defect.error()).hasMessageContaining(defect.says());
        if (!(found instanceof TruncatedStreamException)) {
            assertThat(found).hasMessageStartingWith("[test @" + position + "] ");
        }
    }

    private void readAll(InMemoryFile input) throws IOException {
        try (BatchReader reader = IpcStreamReader.open(input.asStream(), readMemory.allocator(), Ipc.READ)) {
            while (reader.next()) {
                assertThat(reader.batch().isClosed()).isFalse();
            }
        }
    }

    /** Where the source has a size, a body behind its end is known to be missing before memory is taken for it. */
    @Test
    void bodiesBehindTheEndOfASeekableSourceAreTruncated() {
        Defect defect = Defect.all()
                .filter(d -> d.name().equals("body length huge"))
                .findAny()
                .orElseThrow();
        InMemoryFile input = new InMemoryFile(lie(defect));
        assertThatThrownBy(() -> IpcStreamReader.open(input, readMemory.allocator(), Ipc.READ)
                        .next())
                .isInstanceOf(TruncatedStreamException.class);
    }

    /** A message by itself lies as well as one of a stream. */
    @ParameterizedTest
    @MethodSource("io.lightstream.codec.ipc.Defect#all")
    void aSingleMessageEndsInADeclaredError(Defect defect) {
        byte[] stream = lie(defect);
        Throwable found = catchThrowable(() -> decodeAll(stream, defect));
        assertThat(found).isInstanceOf(LightstreamException.class);
        boolean isTruncated = found instanceof TruncatedStreamException;
        int end = stream.length - Patch.of(stream, defect.message()).position();
        assertThat(found).hasMessageStartingWith("[test @" + (isTruncated ? end : 0) + "] ");
        assertThat(readMemory.allocator().getAllocatedMemory()).isZero();
    }

    private void decodeAll(byte[] stream, Defect defect) throws IOException {
        try (IpcMessageDecoder decoder = IpcMessageDecoder.open(readMemory.allocator(), Ipc.READ)) {
            for (int message = 0; message <= 2; message++) {
                int from = Patch.of(stream, message).position();
                int to = message < defect.message() ? Patch.of(stream, message).end() : stream.length;
                if (decoder.decode(ByteBuffer.wrap(stream, from, to - from)) instanceof IpcMessage.RecordBatch batch) {
                    batch.batch().close();
                    return;
                }
            }
        }
    }

    /** Counts whose sum is that of the buffers, but for 2^32 that an int does not see. */
    @Test
    void variadicCountsDoNotWrapAround() {
        int columns = 8_200;
        int buffers = 1 << 19;
        long left = (1L << 32) + buffers - 2L * columns;
        long[] counts = new long[columns];
        for (int i = 0; i < columns; i++) {
            counts[i] = Math.min(left, buffers);
            left -= counts[i];
        }
        Field view = Field.of("v", new DataType.Utf8View());
        Schema schema = new Schema(Collections.nCopies(columns, view), Map.of());
        byte[] stream = Ipc.stream(schema, IpcWriteOptions.defaults(), List.of());
        try (IpcMessageDecoder decoder = IpcMessageDecoder.open(readMemory.allocator(), Ipc.READ)) {
            assertThatThrownBy(() -> {
                        decoder.decode(ByteBuffer.wrap(stream));
                        decoder.decode(viewBatch(counts, buffers), ByteBuffer.allocate(0));
                    })
                    .isInstanceOf(MalformedStreamException.class)
                    .hasMessage("[test @0] buffers of the record batch: expected 524290 or more, found 524288");
        }
    }

    /** Metadata of a batch without rows. */
    private static ByteBuffer viewBatch(long[] counts, int bufferCount) {
        FlatBufferBuilder builder = new FlatBufferBuilder(16 << 20);
        int variadic = org.apache.arrow.flatbuf.RecordBatch.createVariadicBufferCountsVector(builder, counts);
        org.apache.arrow.flatbuf.RecordBatch.startBuffersVector(builder, bufferCount);
        for (int i = 0; i < bufferCount; i++) {
            Buffer.createBuffer(builder, 0, 0);
        }
        int buffers = builder.endVector();
        org.apache.arrow.flatbuf.RecordBatch.startNodesVector(builder, counts.length);
        for (int i = 0; i < counts.length; i++) {
            FieldNode.createFieldNode(builder, 0, 0);
        }
        int nodes = builder.endVector();
        int batch = org.apache.arrow.flatbuf.RecordBatch.createRecordBatch(builder, 0, nodes, buffers, 0, variadic);
        builder.finish(Message.createMessage(builder, MetadataVersion.V5, MessageHeader.RecordBatch, batch, 0, 0));
        return builder.dataBuffer();
    }
}
