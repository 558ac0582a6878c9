package io.lightstream.codec.ipc;

import static io.lightstream.codec.ipc.Tables.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.flatbuffers.FlatBufferBuilder;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches of metadata version V4 of types that had a validity buffer then. */
class OldVersionReadTest {
    private static final Field RUNS = Field.of(
            "v",
            new DataType.RunEndEncoded(),
            Field.required("run_ends", new DataType.Int(32, true)),
            Field.of("values", new DataType.Int(32, true)));
    private static final Field UNION = Field.of(
            "v",
            new DataType.Union(DataType.UnionMode.SPARSE, List.of(0, 1)),
            Tables.INT.withName("a"),
            Tables.INT.withName("b"));

    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingIsHeld() {
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
    }

    /** Arrow C++ and arrow-rs write it so where they are asked for V4, though run-end encoding is younger than V5. */
    @Test
    void runEndsHaveValidity() throws LightstreamException {
        long[][] nodes = {{5, 0}, {2, 0}, {2, 0}};
        ByteBuffer body = ints(3, 5, 7, 9);
        long[][] withoutBytes = {{0, 0}, {0, 0}, {0, 8}, {0, 0}, {8, 8}};
        assertThat(read(RUNS, nodes, withoutBytes, body)).containsExactly("7", "7", "7", "9", "9");
        long[][] withBytes = {{0, 8}, {0, 0}, {0, 8}, {0, 0}, {8, 8}};
        assertThat(read(RUNS, nodes, withBytes, body)).containsExactly("7", "7", "7", "9", "9");
    }

    /** They would be lost: neither has nulls of its own since V5. */
    @Test
    void nullsOfTheirOwnAreRefused() throws LightstreamException {
        ByteBuffer body = ints(0x0100, 0, 7, 8, 9, 10);
        long[][] buffers = {{0, 8}, {0, 2}, {0, 0}, {8, 8}, {0, 0}, {16, 8}};
        assertThat(read(UNION, new long[][] {{2, 0}, {2, 0}, {2, 0}}, buffers, body))
                .containsExactly("7", "10");
        for (long nulls : new long[] {1, -1}) {
            assertThatThrownBy(() -> read(UNION, new long[][] {{2, nulls}, {2, 0}, {2, 0}}, buffers, body))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessage(
                            "[test @0] null count of field 'v' before metadata version V5: expected 0, found " + nulls);
        }
    }

    private List<String> read(Field field, long[][] nodes, long[][] buffers, ByteBuffer body)
            throws LightstreamException {
        byte[] stream;
        try (BatchBuilder none = BatchBuilder.create(Schema.of(field), memory);
                RecordBatch batch = none.finish()) {
            stream = Ipc.stream(batch);
        }
        Patch schema = Patch.of(stream, 0);
        try (IpcMessageDecoder decoder = IpcMessageDecoder.open(memory.allocator(), Ipc.READ)) {
            decoder.decode(
                    ByteBuffer.wrap(stream, schema.metadata(), schema.metadataLength())
                            .slice(),
                    ByteBuffer.allocate(0));
            ByteBuffer metadata = batch(nodes, buffers, body.remaining());
            try (RecordBatch batch = ((IpcMessage.RecordBatch) decoder.decode(metadata, body.duplicate())).batch()) {
                return texts(batch.column(0));
            }
        }
    }

    private static ByteBuffer ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return bytes;
    }

    private static ByteBuffer batch(long[][] nodes, long[][] buffers, int bodyLength) {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        org.apache.arrow.flatbuf.RecordBatch.startNodesVector(builder, nodes.length);
        for (int i = nodes.length - 1; i >= 0; i--) {
            FieldNode.createFieldNode(builder, nodes[i][0], nodes[i][1]);
        }
        int nodeVector = builder.endVector();
        org.apache.arrow.flatbuf.RecordBatch.startBuffersVector(builder, buffers.length);
        for (int i = buffers.length - 1; i >= 0; i--) {
            Buffer.createBuffer(builder, buffers[i][0], buffers[i][1]);
        }
        int bufferVector = builder.endVector();
        org.apache.arrow.flatbuf.RecordBatch.startRecordBatch(builder);
        org.apache.arrow.flatbuf.RecordBatch.addLength(builder, nodes[0][0]);
        org.apache.arrow.flatbuf.RecordBatch.addNodes(builder, nodeVector);
        org.apache.arrow.flatbuf.RecordBatch.addBuffers(builder, bufferVector);
        int batch = org.apache.arrow.flatbuf.RecordBatch.endRecordBatch(builder);
        builder.finish(
                Message.createMessage(builder, MetadataVersion.V4, MessageHeader.RecordBatch, batch, bodyLength, 0));
        return builder.dataBuffer().slice();
    }
}
